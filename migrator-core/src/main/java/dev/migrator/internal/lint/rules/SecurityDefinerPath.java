package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;
import java.util.regex.Pattern;

/** A function with its owner's rights looks for names where its caller says. */
final class SecurityDefinerPath {
  private static final Pattern PATH =
      Pattern.compile("\\bSET\\s+search_path\\b", Pattern.CASE_INSENSITIVE);

  private SecurityDefinerPath() {}

  static Rule rule() {
    return Rule.of("security-definer-path", Topic.COMPATIBILITY, Severity.WARNING)
        .when("CREATE FUNCTION or PROCEDURE with SECURITY DEFINER and without SET search_path.")
        .effect(
            "Whoever calls it chooses the search_path: with an object of the same name in a schema of his "
                + "own he has his code run with the rights of the owner.")
        .remedy("SET search_path = pg_catalog, the_schema, pg_temp behind SECURITY DEFINER.")
        .looks(Each.detail(Create.Routine.class, SecurityDefinerPath::look));
  }

  private static void look(Sight sight, Create.Routine routine) {
    if (routine.clauses().contains(Clause.SECURITY_DEFINER)
        && !PATH.matcher(sight.sql()).find()) {
      sight.finds(
          routine.name().offset(),
          routine.name() + " runs with the rights of its owner and the search_path of its caller.");
    }
  }
}
