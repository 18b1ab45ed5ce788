package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.KnownTable;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A table without a primary key. */
final class TableWithoutKey {
  private TableWithoutKey() {}

  static Rule rule() {
    return Rule.of("table-without-key", Topic.DESIGN, Severity.WARNING)
        .when("CREATE TABLE without a primary key, and no later statement of the run adds one.")
        .effect(
            "Nobody can say which of two equal rows is meant; logical replication refuses UPDATE and DELETE "
                + "of it, and tools that copy or compare rows need one.")
        .remedy("A primary key; where rows have no natural one, an identity column.")
        .looks(Each.script(TableWithoutKey::look));
  }

  private static void look(Overview overview) {
    for (Part part : overview.parts()) {
      if (part.structure().detail() instanceof Create.Table table && isOrdinary(table)) {
        KnownTable known = overview.world().table(table.name());
        if (known != null && isWithoutKey(known)) {
          overview
              .finds(part.statement(), table.name().offset(), table.name() + " has no primary key.")
              .unless(world -> known.isGone() || !isWithoutKey(known));
        }
      }
    }
  }

  private static boolean isOrdinary(Create.Table table) {
    return table.type() == ObjectType.TABLE
        && !table.clauses().contains(Clause.TEMPORARY)
        && table.query() == null
        && table.like().isEmpty()
        && table.inherits().isEmpty()
        && table.ofType() == null
        && table.partitionOf() == null;
  }

  private static boolean isWithoutKey(KnownTable table) {
    return table.constraints().values().stream()
        .noneMatch(each -> each.definition().kind() == Constraint.Kind.PRIMARY_KEY);
  }
}
