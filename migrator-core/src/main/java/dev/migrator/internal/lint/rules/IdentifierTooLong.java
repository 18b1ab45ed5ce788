package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.report.Severity;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** A name that PostgreSQL cuts off. */
final class IdentifierTooLong {
  private static final int LONGEST = 63;

  private IdentifierTooLong() {}

  static Rule rule() {
    return Rule.of("identifier-too-long", Topic.FAILURE, Severity.WARNING)
        .when("A name is longer than 63 bytes.")
        .effect(
            "PostgreSQL keeps the first 63 bytes of it, with a notice that nobody reads: two names that "
                + "differ behind them are one, and a later script that compares names does not find it.")
        .remedy("Choose a shorter name.")
        .looks(Each.statement(IdentifierTooLong::look));
  }

  private static void look(Sight sight) {
    Set<String> told = new HashSet<>();
    for (Name word : sight.statement().words()) {
      int bytes = word.text().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > LONGEST && told.add(word.text())) {
        sight.finds(
            word.offset(), "The name " + word + " has " + bytes + " bytes; 63 of them are kept.");
      }
    }
  }
}
