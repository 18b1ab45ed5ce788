package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Claim;
import dev.migrator.internal.lint.Claim.Role;
import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;

/** A table in use is locked by name. */
final class ExplicitLock {
  private ExplicitLock() {}

  static Rule rule() {
    return Rule.of("explicit-lock", Topic.LOCKS, Severity.WARNING)
        .when("LOCK TABLE of a table that was there before, in a mode that stops those who write.")
        .effect(
            "Everybody who wants to use the table in a way that the mode excludes waits until the "
                + "transaction ends, however little is done under the lock.")
        .remedy(
            "Leave locking to the statements, each of which takes the weakest lock that it can do with.")
        .claims(Claim.of(Role.TABLE, LockMode.SHARE))
        .looks(Each.detail(Detail.Lock.class, ExplicitLock::look));
  }

  private static void look(Sight sight, Detail.Lock lock) {
    if (lock.mode().isStrong()) {
      for (TableTarget table : lock.tables()) {
        if (sight.isOld(table.name())) {
          sight.finds(
              table.name().offset(),
              table.name() + " is locked, in the mode " + lock.mode() + ".",
              table.name());
        }
      }
    }
  }
}
