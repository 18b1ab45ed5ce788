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
import java.util.LinkedHashSet;
import java.util.Set;

/** A script does several things. */
public final class OneChange {
  private OneChange() {}

  /** The rule. */
  public static Rule rule() {
    return Rule.of("one-change", Topic.POLICY, Severity.NOTE)
        .off()
        .when("A script creates or changes more than one table.")
        .effect(
            "When one of the changes has to wait, or to be taken back, the others do too; what failed is "
                + "harder to see.")
        .remedy("Write one script for each change.")
        .looks(Each.script(OneChange::look));
  }

  private static void look(Overview overview) {
    Set<String> tables = new LinkedHashSet<>();
    for (Part part : overview.parts()) {
      if (part.structure().detail() instanceof Create.Table table) {
        tables.add(overview.world().spelled(table.name()));
      } else if (part.structure().detail() instanceof Detail.Alter alter
          && alter.object().type() == ObjectType.TABLE) {
        tables.add(overview.world().spelled(alter.object().name()));
      }
    }
    if (tables.size() > 1) {
      overview.finds(
          "The script is about " + tables.size() + " tables: " + String.join(", ", tables) + ".");
    }
  }
}
