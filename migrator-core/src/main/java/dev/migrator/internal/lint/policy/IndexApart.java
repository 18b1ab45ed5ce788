package dev.migrator.internal.lint.policy;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** Indexes stand beside tables. */
public final class IndexApart {
  private IndexApart() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("index-apart", Topic.POLICY, Severity.NOTE)
        .off()
        .when("A script has CREATE INDEX beside CREATE TABLE or ALTER TABLE.")
        .effect(
            "Where indexes are made in scripts of their own, they can be made later, CONCURRENTLY, and "
                + "dropped without a thought for the tables.")
        .remedy("Move the indexes to a script of their own.")
        .looks(Each.script(IndexApart::look));
  }

  private static void look(Overview overview) {
    boolean tables = overview.parts().stream()
        .anyMatch(part -> part.structure().detail() instanceof Create.Table
            || part.structure().detail() instanceof Detail.Alter alter
                && alter.object().type() == ObjectType.TABLE);
    for (Part part : overview.parts()) {
      if (tables && part.structure().detail() instanceof Create.Index) {
        overview.finds(part.statement(), 0, "An index beside tables.");
        return;
      }
    }
  }
}
