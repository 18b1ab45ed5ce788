package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A trigger is taken from a table in use. */
final class TriggerDropped {

  private TriggerDropped() {}

  static Rule rule() {
    return Rule.of("trigger-dropped", Topic.LOCKS, Severity.NOTE)
        .when(
            "DROP TRIGGER on a table that was there before; with IF EXISTS, unless no script makes the trigger.")
        .effect(
            "It needs an ACCESS EXCLUSIVE lock on the table: it waits for every transaction that uses it, and "
                + "everybody who comes later waits until the transaction ends, readers too. From then on writes do "
                + "without what the trigger did.")
        .remedy("Keep the transaction short, with a lock_timeout, and put the drop at its end.")
        .claims(Claim.of(Role.TABLE, LockMode.ACCESS_EXCLUSIVE))
        .looks(Each.detail(Detail.Drop.class, TriggerDropped::look));
  }

  private static void look(Sight sight, Detail.Drop drop) {
    if (drop.type() != ObjectType.TRIGGER) {
      return;
    }
    for (ObjectReference trigger : drop.objects()) {
      ObjectName table = trigger.on();
      KnownTable known = table == null ? null : sight.world().table(table);
      boolean missing = drop.clauses().contains(Clause.IF_EXISTS)
          && known != null
          && known.isWithoutTrigger(trigger.name().name());
      if (table != null && sight.isOld(table) && !missing) {
        Finding finding = sight.finds(
            trigger.name().offset(),
            "Nobody may use " + table + " until the trigger " + trigger.name()
                + " is gone, and the transaction ends.",
            table);
        if (Later.createsTrigger(sight, trigger.name(), table)) {
          finding.remedy(
              "CREATE OR REPLACE TRIGGER instead of the two statements: readers go on, and no write does without it.");
        }
      }
    }
  }
}
