package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.Severity;
import java.time.Duration;
import java.util.regex.Pattern;

/** A strong lock is waited for without an end. */
final class LockTimeoutOff {
  private static final Pattern OFF =
      Pattern.compile("(?:=|TO)?\\s*'?0(?:ms|s|min|h|d)?'?", Pattern.CASE_INSENSITIVE);

  private LockTimeoutOff() {}

  static Rule rule() {
    return Rule.of("lock-timeout-off", Topic.LOCKS, Severity.WARNING)
        .when(
            "A statement that needs a strong lock on a table in use runs without a lock_timeout: it was set "
                + "to 0 by the script, a directive or the configuration.")
        .effect(
            "It waits behind the longest transaction that uses the table, and everybody who comes later "
                + "waits behind it: one forgotten transaction stops the application.")
        .remedy(
            "Remove what sets it to 0: Migrator sets a lock_timeout of its own, and tries again when it is "
                + "over.")
        .looks(Each.script(LockTimeoutOff::look));
  }

  private static void look(Overview overview) {
    Duration asked = overview.script().directives().lockTimeout();
    boolean off = (asked == null ? overview.context().lockTimeout() : asked).isZero();
    for (Part part : overview.parts()) {
      if (part.structure().detail() instanceof Detail.Setting setting
          && setting.name().equals("lock_timeout")
          && setting.value() != null) {
        off = OFF.matcher(setting.value().text().strip()).matches();
      }
      boolean concurrent = !part.statement().runsInTransaction();
      if (off
          && !concurrent
          && part.locks().stream().anyMatch(lock -> lock.mode().isStrong())) {
        overview.finds(
            part.statement(),
            0,
            "It waits for " + part.locks().get(0).relation()
                + " however long that takes, and everybody else waits behind it.");
        return;
      }
    }
  }
}
