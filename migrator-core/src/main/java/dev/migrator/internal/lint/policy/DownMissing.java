package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.migration.MigrationKind;
import dev.migrator.report.Severity;

/** A migration cannot be taken back. */
public final class DownMissing {
  private DownMissing() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("down-missing", Topic.POLICY, Severity.WARNING)
        .off()
        .when("A versioned migration has no down script and does not say that it is irreversible.")
        .effect("When a release has to be taken back, the database stays as the new one needs it.")
        .remedy("Write a down script, or -- migrator: irreversible because ...")
        .looks(Each.script(DownMissing::look));
  }

  private static void look(Overview overview) {
    LintScript script = overview.script();
    if (!script.hasRollback()
        && script.migration().kind() == MigrationKind.VERSIONED
        && script.directives().irreversible() == null) {
      overview.finds(script.migration().label() + " has no down script.");
    }
  }
}
