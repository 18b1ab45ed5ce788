package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.lint.Sight;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.report.Severity;
import java.util.Locale;

/** Foreign keys and triggers are off while rows change. */
final class ReplicationRole {
  private ReplicationRole() {}

  static Rule rule() {
    return Rule.of("session-replication-role", Topic.FAILURE, Severity.WARNING)
        .when("SET session_replication_role = replica.")
        .effect(
            "No trigger fires, those of foreign keys included: rows may break what constraints promise, and "
                + "nobody checks them later.")
        .remedy(
            "Change rows in an order that keeps the constraints; make the foreign keys DEFERRABLE where "
                + "there is none.")
        .looks(Each.detail(Detail.Setting.class, ReplicationRole::look));
  }

  private static void look(Sight sight, Detail.Setting setting) {
    if (setting.name().equals("session_replication_role")
        && setting.value() != null
        && setting.value().text().toLowerCase(Locale.ROOT).contains("replica")) {
      sight.finds(0, "No trigger fires from here on, and foreign keys are not checked.");
    }
  }
}
