package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableChange;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** Triggers are off while rows change. */
final class TriggerDisabled {
  private TriggerDisabled() {}

  static Rule rule() {
    return Rule.of("trigger-disabled", Topic.LOCKS, Severity.WARNING)
        .when("DISABLE TRIGGER on a table that is in use.")
        .effect(
            "Until they are enabled again no trigger runs for anybody once this transaction has ended, those "
                + "of foreign keys included when it says ALL: rows may break what constraints promise, and nobody "
                + "checks them later. It needs a SHARE ROW EXCLUSIVE lock.")
        .remedy(
            "Write the change so that the triggers may run. Where they must not, enable them in the same "
                + "transaction.")
        .claims(Claim.of(Role.TABLE, LockMode.SHARE_ROW_EXCLUSIVE))
        .looks(Each.change(TableChange.Toggle.class, TriggerDisabled::look));
  }

  private static void look(Sight sight, ObjectName table, TableChange.Toggle change) {
    if (change.what() == ObjectType.TRIGGER && change.state() == TableChange.Toggle.State.DISABLE) {
      sight.finds(
          change.offset(),
          "Triggers of " + table + " are switched off"
              + (change.name() == null ? "." : ": " + change.name() + "."),
          table);
    }
  }
}
