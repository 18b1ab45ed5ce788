package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.Severity;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A new enum value is used in the transaction that adds it. */
final class EnumValueUsedEarly {
  /** Possessive, so that a long text does not need a stack of its length. */
  private static final Pattern STRING = Pattern.compile("'((?:[^']++|'')*+)'");

  private EnumValueUsedEarly() {}

  static Rule rule() {
    return Rule.of("enum-value-used-early", Topic.FAILURE, Severity.WARNING)
        .when(
            "A statement writes the label that ALTER TYPE ... ADD VALUE has added before in the same "
                + "transaction.")
        .effect(
            "PostgreSQL refuses to use a new value before the transaction that adds it has ended (SQLSTATE "
                + "55P04): the migration fails.")
        .remedy("Add the value in one migration and use it in a later one.")
        .looks(Each.statement(EnumValueUsedEarly::look));
  }

  private static void look(Sight sight) {
    if (!sight.isInTransaction()
        || sight.detail() instanceof Detail.Alter alter
            && alter.object().type() == ObjectType.TYPE) {
      return;
    }
    Matcher string = STRING.matcher(sight.sql());
    while (string.find()) {
      if (sight.world().hasNewLabel(string.group(1).replace("''", "'"))) {
        sight.finds(
            string.start(),
            "'" + string.group(1) + "' was added in this transaction and cannot be used in it.");
        return;
      }
    }
  }
}
