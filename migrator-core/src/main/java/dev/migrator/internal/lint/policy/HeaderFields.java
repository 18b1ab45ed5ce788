package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.LintScript;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.HeaderReader;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the rules about the headers of up and of down scripts have in common. */
final class HeaderFields {

  private HeaderFields() {}

  /** Begins a rule that asks for Purpose and Date in the first comment of scripts. */
  static Rule.Draft rule(String id) {
    return Rule.of(id, Topic.POLICY, Severity.NOTE)
        .off()
        .effect(
            "Whoever reads it in a year has to guess why it was written; change logs have nothing to show.")
        .remedy("Begin it with -- Purpose: what it is for, and -- Date: 2024-03-01.");
  }

  /** Looks at a script, where there is one. */
  static void look(Overview overview, @Nullable LintScript script) {
    if (script == null) {
      return;
    }
    Map<String, String> fields = HeaderReader.read(script.text()).fields();
    List<String> missing = Stream.of("Purpose", "Date")
        .filter(each -> !fields.containsKey(each.toLowerCase(Locale.ROOT)))
        .toList();
    if (!missing.isEmpty()) {
      overview.finds(
          new SourcePosition(script.path(), script.firstLine(), 1),
          "The header has no " + String.join(" and no ", missing) + ".");
    }
  }
}
