package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.report.Severity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The same definition stands in a script twice. */
final class DuplicateStatement {
  private static final Pattern SPACE = Pattern.compile("\\s+");

  private DuplicateStatement() {}

  static Rule rule() {
    return Rule.of("duplicate-statement", Topic.FAILURE, Severity.WARNING)
        .when("Two statements of a script that define something say the same.")
        .effect(
            "The second one fails, or does nothing: one of them was probably meant to be another one.")
        .remedy("Remove one of them, or mend it.")
        .looks(Each.script(DuplicateStatement::look));
  }

  private static void look(Overview overview) {
    Map<String, Part> seen = new HashMap<>();
    for (Part part : overview.parts()) {
      if (part.structure().family() == Family.DDL
          && (part.structure().detail() instanceof Create
              || part.structure().detail() instanceof Detail.Alter)) {
        String text = SPACE.matcher(part.statement().sql()).replaceAll(" ");
        Part before = seen.putIfAbsent(text, part);
        if (before != null && !isUndoneBetween(overview, before, part)) {
          overview.finds(
              part.statement(),
              0,
              "The same statement stands at " + before.statement().position() + ".");
        }
      }
    }
  }

  /** What is dropped between the two is made again. */
  private static boolean isUndoneBetween(Overview overview, Part from, Part to) {
    List<Part> parts = overview.parts();
    return parts.subList(parts.indexOf(from) + 1, parts.indexOf(to)).stream()
        .anyMatch(part -> part.structure().detail() instanceof Detail.Drop
            || part.structure().detail() instanceof Detail.Alter
            || part.statement().touchesSession());
  }
}
