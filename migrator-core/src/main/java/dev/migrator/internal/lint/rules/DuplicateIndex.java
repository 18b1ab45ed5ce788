package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;

/** An index that is there already under another name. */
final class DuplicateIndex {
  private DuplicateIndex() {}

  static Rule rule() {
    return Rule.of("duplicate-index", Topic.FAILURE, Severity.WARNING)
        .when(
            "CREATE INDEX of the same columns, in the same order, as an index or a key of the table.")
        .effect(
            "It answers no query that the other one does not, and every write to the table keeps both up to "
                + "date.")
        .remedy("Leave it away: the other one does.")
        .looks(Each.detail(Create.Index.class, DuplicateIndex::look));
  }

  private static void look(Sight sight, Create.Index index) {
    KnownTable table = sight.world().table(index.table());
    String twin = table == null ? null : table.twinOf(index);
    if (twin != null) {
      sight.finds(0, "The index " + twin + " of " + index.table() + " has the same columns.");
    }
  }
}
