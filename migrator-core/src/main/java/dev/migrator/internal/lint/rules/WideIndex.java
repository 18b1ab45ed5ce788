package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;

/** An index of many columns. */
final class WideIndex {
  private static final int MANY = 3;

  private WideIndex() {}

  static Rule rule() {
    return Rule.of("wide-index", Topic.DESIGN, Severity.NOTE)
        .off()
        .when("CREATE INDEX of more than three columns, not UNIQUE.")
        .effect(
            "It is large, every write keeps it up to date, and queries seldom use the columns at its end.")
        .remedy(
            "The two or three columns that choose the rows; others behind INCLUDE where they are only read.")
        .looks(Each.detail(Create.Index.class, WideIndex::look));
  }

  private static void look(Sight sight, Create.Index index) {
    if (index.elements().size() > MANY && !index.clauses().contains(Clause.UNIQUE)) {
      sight.finds(0, "The index has " + index.elements().size() + " columns.");
    }
  }
}
