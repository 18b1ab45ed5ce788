package dev.migrator;

import dev.migrator.config.StatementOutcome;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a repair does: accept edited scripts, forget attempts that stopped half-way and do not go on by themselves. Decided
 * here, performed in one go.
 */
final class Repair {

  private final List<Command> commands = new ArrayList<>();
  private final List<ReportStep> steps = new ArrayList<>();

  private Repair() {}

  static Repair of(Comparison comparison, Held held) {
    Repair repair = new Repair();
    Records records = held.records();
    Set<String> reapplied = held.history().reapplied();
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration applied = known.applied();
      if (applied != null) {
        repair.consider(
            comparison,
            known,
            applied,
            records,
            reapplied.contains(applied.migration().id()));
      }
    }
    return repair;
  }

  /**
   * Settles the statement of a half-way migration of which nobody can tell whether it has happened.
   *
   * @param version the migration's version, or its whole id
   * @throws IllegalArgumentException when the text is neither
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is no such statement
   */
  static Repair ofStatement(
      Comparison comparison, Records records, String version, StatementOutcome outcome) {
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration applied = known.applied();
      JournalEntry open = comparison.openStatement(known);
      if (applied != null && open != null && applied.migration().isCalled(version)) {
        Repair repair = new Repair();
        repair.settle(applied, open, records, outcome);
        return repair;
      }
    }
    throw MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "version " + version + " has no statement that was begun and not finished.")
        .done("nothing was changed.", List.of())
        .advice("'status' tells what stopped half-way and how it goes on.")
        .build();
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  String words() {
    return steps.stream().map(s -> s.migration().label()).collect(Collectors.joining(", "));
  }

  List<ReportStep> perform(Held held) {
    held.write("repairing", commands);
    return List.copyOf(steps);
  }

  private void consider(
      Comparison comparison,
      Comparison.Known known,
      AppliedMigration applied,
      Records records,
      boolean reapplied) {
    String id = applied.migration().id();
    if (known.state() == MigrationState.EDITED && known.resolved() != null) {
      Migration migration = known.resolved().migration();
      String remark = "accepted the present content of " + migration.script();
      commands.addAll(records.acceptChecksum(
          id,
          new Records.Subject(migration, known.resolved().checksum(), applied.transactional()),
          remark));
      step(migration, remark);
    } else if (comparison.isStuck(known)) {
      boolean rollback = applied.action() == AppliedMigration.Action.ROLLBACK;
      boolean again = !rollback && reapplied;
      String remark = rollback
          ? "its rollback counts as not begun"
          : again
              ? "it counts as applied, as it was before it was to be applied again"
              : "it counts as not applied; the next run begins it again";
      Records.Subject subject =
          new Records.Subject(applied.migration(), applied.checksum(), applied.transactional());
      commands.addAll(
          rollback
              ? records.abandonRollback(subject, remark)
              : again
                  ? records.abandonReapplication(subject, remark)
                  : records.forgetAttempt(subject, remark));
      step(applied.migration(), remark);
    }
  }

  private void settle(
      AppliedMigration applied, JournalEntry open, Records records, StatementOutcome outcome) {
    boolean isDone = outcome == StatementOutcome.DONE;
    Migration migration = applied.migration();
    String action = applied.action().name().toLowerCase(Locale.ROOT);
    String remark = "statement " + open.ordinal()
        + (isDone
            ? " counts as done; the next run goes on behind it"
            : " counts as not done; the next run begins with it");
    commands.addAll(records.settled(
        new Records.Subject(migration, applied.checksum(), applied.transactional()),
        isDone
            ? records.journal().finished(migration, action, open.ordinal())
            : records.journal().failed(migration, action, open.ordinal()),
        remark));
    step(migration, remark);
  }

  private void step(Migration migration, String remark) {
    steps.add(new ReportStep(
        Action.REPAIR, migration, 0, true, Duration.ZERO, List.of(), List.of(), List.of(), remark));
  }
}
