package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Finding;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Severity;
import java.util.Locale;

/** A script that Migrator does not run. */
final class ScriptRefused {
  private ScriptRefused() {}

  static Rule rule() {
    return Rule.of("script-refused", Topic.FAILURE, Severity.ERROR)
        .when(
            "The script holds something that Migrator refuses: a command of psql, a SET that would take the "
                + "connection away, a statement without effect outside a transaction.")
        .effect("A run ends before anything is applied.")
        .remedy("Do what the message says at its end.")
        .looks(Each.script(ScriptRefused::look));
  }

  private static void look(Overview overview) {
    MigrationException refusal = overview.script().refusal();
    if (refusal != null && !overview.isFound(refusal.position().orElse(null))) {
      String message = String.valueOf(refusal.getMessage().lines().findFirst().orElse(""));
      Finding finding = refusal
          .position()
          .map(position -> overview.finds(position, words(message, position.toString())))
          .orElseGet(() -> overview.finds(message));
      if (!refusal.advice().isEmpty()) {
        finding.remedy(capital(refusal.advice()));
      }
    }
  }

  /** Without the code and the place, which stand before it anyway. */
  private static String words(String message, String position) {
    int at = message.indexOf(position + ": ");
    return capital(at < 0 ? message : message.substring(at + position.length() + 2));
  }

  private static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
