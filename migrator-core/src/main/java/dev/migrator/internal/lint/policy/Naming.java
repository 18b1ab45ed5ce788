package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** A name that is hard to read and to type. */
public final class Naming {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:_[a-z0-9]+)*");

  private Naming() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("naming", Topic.POLICY, Severity.NOTE)
        .off()
        .when(
            "The description in the name of a script has anything but lower-case letters, digits and "
                + "underscores.")
        .effect(
            "Names are typed on command lines and sorted by programs, which treat blanks and capitals in "
                + "different ways.")
        .remedy("Write add_invoices, not Add Invoices: before the script is applied anywhere.")
        .looks(Each.script(Naming::look));
  }

  private static void look(Overview overview) {
    String name = overview.script().migration().name();
    if (!NAME.matcher(name).matches()) {
      overview.finds("'" + name + "' has more than lower-case letters, digits and underscores.");
    }
  }
}
