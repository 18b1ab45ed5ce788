package dev.migrator.verify;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.MigrationOutline.StatementOutline;
import dev.migrator.report.VerifiedMigration.StatementTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** How long the statements of the migration under way took. Used by one thread. */
final class StatementTimes implements MigrationListener {

  private static final int SHOWN = 3;

  private final List<MigrationEvent.StatementFinished> finished = new ArrayList<>();

  @Override
  public boolean wantsStatements() {
    return true;
  }

  @Override
  public void on(MigrationEvent event) {
    if (event instanceof MigrationEvent.MigrationStarted) {
      finished.clear();
    } else if (event instanceof MigrationEvent.StatementFinished statement) {
      finished.add(statement);
    }
  }

  /** The slowest statements of the last migration, the slowest first. */
  List<StatementTime> slowest(MigrationOutline outline) {
    return finished.stream()
        .sorted(Comparator.comparing(MigrationEvent.StatementFinished::duration).reversed())
        .limit(SHOWN)
        .map(statement -> new StatementTime(
            statement.position().line(), words(outline, statement), statement.duration()))
        .toList();
  }

  private static String words(MigrationOutline outline, MigrationEvent.StatementFinished finished) {
    return outline.statements().stream()
        .filter(statement -> statement.position().equals(finished.position()))
        .map(StatementOutline::words)
        .findFirst()
        .orElse("");
  }
}
