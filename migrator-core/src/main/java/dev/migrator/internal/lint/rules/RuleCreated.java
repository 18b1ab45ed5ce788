package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;

/** A rule that rewrites queries. */
final class RuleCreated {
  private RuleCreated() {}

  static Rule rule() {
    return Rule.of("rule-created", Topic.DESIGN, Severity.WARNING)
        .when("CREATE RULE of any kind.")
        .effect(
            "A rule changes the text of queries before they run: functions are called twice, RETURNING and "
                + "COPY behave otherwise than the query says.")
        .remedy("A trigger; on a view, an INSTEAD OF trigger.")
        .looks(Each.detail(Create.OnTable.class, RuleCreated::look));
  }

  private static void look(Sight sight, Create.OnTable create) {
    if (create.type() == ObjectType.RULE) {
      sight.finds(create.name().offset(), "The rule " + create.name() + " rewrites queries.");
    }
  }
}
