package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** The first script is not number zero. */
public final class FirstVersionZero {
  /** Longer ones are dates. */
  private static final Pattern NUMBER = Pattern.compile("0*[1-9][0-9]{0,5}");

  private FirstVersionZero() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("first-version-zero", Topic.POLICY, Severity.NOTE)
        .off()
        .when("The first script of a folder is numbered, and not with zero.")
        .effect(
            "Where 00_ is kept for what comes before everything else (roles, extensions, the state of "
                + "migrations), it is missing.")
        .remedy("Name the first script 00_ or 0000_.")
        .looks(Each.script(FirstVersionZero::look));
  }

  private static void look(Overview overview) {
    String version = overview.script().migration().version().text();
    if (overview.earlier().isEmpty() && NUMBER.matcher(version).matches()) {
      overview.finds("The first script is " + version + ".");
    }
  }
}
