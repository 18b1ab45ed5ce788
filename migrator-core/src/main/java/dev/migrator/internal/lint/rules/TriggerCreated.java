package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A trigger is put on a table in use. */
final class TriggerCreated {
  private TriggerCreated() {}

  static Rule rule() {
    return Rule.of("trigger-created", Topic.LOCKS, Severity.NOTE)
        .when("CREATE TRIGGER on a table that was there before.")
        .effect(
            "It needs a SHARE ROW EXCLUSIVE lock: it waits for every transaction that writes to the table, "
                + "and everybody who wants to write later waits until the transaction ends. From then on every "
                + "write runs the trigger.")
        .remedy("Keep the transaction short, with a lock_timeout, and put the trigger at its end.")
        .claims(Claim.of(Role.TABLE, LockMode.SHARE_ROW_EXCLUSIVE))
        .looks(Each.detail(Create.Trigger.class, TriggerCreated::look));
  }

  private static void look(Sight sight, Create.Trigger trigger) {
    if (sight.isOld(trigger.table())) {
      sight.finds(
          trigger.name().offset(),
          "Nobody may write to " + trigger.table() + " until the trigger " + trigger.name()
              + " is there.",
          trigger.table());
    }
  }
}
