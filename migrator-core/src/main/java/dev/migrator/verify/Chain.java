package dev.migrator.verify;

import dev.migrator.report.Complexity;
import dev.migrator.report.HeldLock;
import dev.migrator.report.LockMode;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.VerifiedMigration.StatementTime;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The database that only goes up: it never saw a down script. Used by one thread. */
final class Chain implements AutoCloseable {

  private final StatementTimes times = new StatementTimes();
  private final Stage stage;
  private final Seeds seeds;
  private SchemaSnapshot now;
  private StoredTables stored;

  /**
   * An empty one.
   *
   * @param seeds rows that come with the migrations
   */
  Chain(Stages stages, Seeds seeds) {
    this.stage = stages.empty(times);
    this.seeds = seeds;
    this.now = stage.snapshot();
    this.stored = StoredTables.of(stage);
  }

  /**
   * A migration that was applied.
   *
   * @param step what the engine says of it
   * @param after the schema then
   * @param at when it was, in {@link System#nanoTime()}
   */
  record Link(
      ReportStep step,
      SchemaSnapshot after,
      Complexity complexity,
      List<StatementTime> slowest,
      long at) {}

  MigrationPlan plan() {
    return stage.plan();
  }

  Stage stage() {
    return stage;
  }

  /** The schema as it is. */
  SchemaSnapshot now() {
    return now;
  }

  /** Applies the next migration, and inserts the rows that come with it. */
  Link up(Subject subject) {
    SchemaSnapshot before = now;
    ReportStep step = stage.up();
    long at = System.nanoTime();
    SchemaSnapshot after = stage.snapshot();
    StoredTables moved = StoredTables.of(stage);
    Link link = new Link(
        step,
        after,
        complexity(subject.outline(), step, before, after, stored.rewrittenIn(moved)),
        times.slowest(subject.outline()),
        at);
    now = after;
    stored = moved;
    if (seeds.plant(stage, subject.migration())) {
      now = stage.snapshot();
      stored = StoredTables.of(stage);
    }
    return link;
  }

  private static Complexity complexity(
      MigrationOutline outline,
      ReportStep step,
      SchemaSnapshot before,
      SchemaSnapshot after,
      List<String> rewrites) {
    return new Complexity(
        step.statements(),
        tables(outline, before, after),
        step.locks().stream()
            .map(HeldLock::mode)
            .reduce(LockMode::strongest)
            .map(LockMode::catalogName)
            .orElse(""),
        rewrites);
  }

  /** What the text names, as far as it is a table before or after, by its full name where that is certain. */
  private static List<String> tables(
      MigrationOutline outline, SchemaSnapshot before, SchemaSnapshot after) {
    Set<String> known = Stream.concat(before.objects().stream(), after.objects().stream())
        .filter(object -> object.kind() == SchemaObjectKind.TABLE
            || object.kind() == SchemaObjectKind.FOREIGN_TABLE)
        .map(SchemaObject::name)
        .collect(Collectors.toSet());
    return outline.statements().stream()
        .flatMap(statement -> statement.relations().stream())
        .distinct()
        .flatMap(name -> {
          if (known.contains(name)) {
            return Stream.of(name);
          }
          List<String> called =
              known.stream().filter(table -> table.endsWith("." + name)).toList();
          return called.size() == 1
              ? called.stream()
              : called.isEmpty() ? Stream.empty() : Stream.of(name);
        })
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public void close() {
    stage.close();
  }
}
