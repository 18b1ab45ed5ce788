package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.report.Severity;

/** An enum, whose values cannot be taken away. */
final class EnumType {
  private EnumType() {}

  static Rule rule() {
    return Rule.of("enum-type", Topic.DESIGN, Severity.NOTE)
        .off()
        .when("A type is created with AS ENUM.")
        .effect(
            "A value can be added and renamed, not removed, and nothing can be said about it but its name.")
        .remedy("A table of values with a foreign key, or text with a CHECK.")
        .looks(Each.detail(Create.Type.class, EnumType::look));
  }

  private static void look(Sight sight, Create.Type type) {
    if (type.form() == Create.Type.Form.ENUM) {
      sight.finds(type.name().offset(), "The values of " + type.name() + " cannot be taken away.");
    }
  }
}
