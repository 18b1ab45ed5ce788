package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** A number is left out. */
public final class VersionGap {
  /** Longer ones are dates. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  private VersionGap() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("version-gap", Topic.POLICY, Severity.NOTE)
        .off()
        .when("A version is a number, and not the one that follows that of the script before it.")
        .effect("Nobody can tell whether a script was forgotten, or left on a branch.")
        .remedy("Number scripts without gaps; versions that are dates are not meant.")
        .looks(Each.script(VersionGap::look));
  }

  private static void look(Overview overview) {
    if (overview.earlier().isEmpty()) {
      return;
    }
    String before = overview
        .earlier()
        .get(overview.earlier().size() - 1)
        .migration()
        .version()
        .text();
    String version = overview.script().migration().version().text();
    if (NUMBER.matcher(before).matches() && NUMBER.matcher(version).matches()) {
      int gap = Integer.parseInt(version) - Integer.parseInt(before);
      if (gap > 1) {
        overview.finds(version + " does not follow " + before + ".");
      }
    }
  }
}
