package dev.migrator;

import dev.migrator.internal.history.Records;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a repair does: accept edited scripts, forget attempts that stopped half-way. Decided here, performed in one go. */
final class Repair {

  private final List<Command> commands = new ArrayList<>();
  private final List<ReportStep> steps = new ArrayList<>();

  private Repair() {}

  static Repair of(Comparison comparison, Records records) {
    Repair repair = new Repair();
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration applied = known.applied();
      if (applied != null) {
        repair.consider(known, applied, records);
      }
    }
    return repair;
  }

  boolean isEmpty() {
    return steps.isEmpty();
  }

  String words() {
    return steps.stream().map(s -> s.migration().label()).collect(Collectors.joining(", "));
  }

  List<ReportStep> perform(MigrationLock lock) {
    try {
      lock.run(commands);
    } catch (CommandFailedException e) {
      throw Session.unanswered("repairing", e);
    }
    return List.copyOf(steps);
  }

  private void consider(Comparison.Known known, AppliedMigration applied, Records records) {
    String id = applied.migration().id();
    if (known.state() == MigrationState.EDITED && known.resolved() != null) {
      Migration migration = known.resolved().migration();
      String remark = "accepted the present content of " + migration.script();
      commands.addAll(records.acceptChecksum(
          id,
          new Records.Subject(migration, known.resolved().checksum(), applied.transactional()),
          remark));
      step(migration, remark);
    } else if (known.state() == MigrationState.PARTIALLY_APPLIED) {
      boolean rollback = applied.action() == AppliedMigration.Action.ROLLBACK;
      String remark = rollback
          ? "its rollback counts as not begun"
          : "it counts as not applied; the next run begins it again";
      Records.Subject subject =
          new Records.Subject(applied.migration(), applied.checksum(), applied.transactional());
      commands.addAll(
          rollback
              ? records.abandonRollback(subject, remark)
              : records.forgetAttempt(subject, remark));
      step(applied.migration(), remark);
    }
  }

  private void step(Migration migration, String remark) {
    steps.add(new ReportStep(
        Action.REPAIR, migration, 0, true, Duration.ZERO, List.of(), List.of(), List.of(), remark));
  }
}
