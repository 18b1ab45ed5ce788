package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Each;
import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** One transaction locks everybody out of several tables. */
final class SeveralExclusiveLocks {
  private SeveralExclusiveLocks() {}

  static Rule rule() {
    return Rule.of("several-exclusive-locks", Topic.LOCKS, Severity.WARNING)
        .when(
            "Statements of one transaction take ACCESS EXCLUSIVE locks on several tables that are in use.")
        .effect(
            "The first table stays locked while the transaction waits for the next one, so that everybody "
                + "waits for the slowest of them; with a program that uses the tables in another order it ends in "
                + "a deadlock.")
        .remedy("Write one migration for each table.")
        .looks(Each.script(SeveralExclusiveLocks::look));
  }

  private static void look(Overview overview) {
    Map<Integer, Set<String>> locked = new HashMap<>();
    Set<Integer> told = new HashSet<>();
    for (Part part : overview.parts()) {
      if (part.transaction() == 0) {
        continue;
      }
      Set<String> tables =
          locked.computeIfAbsent(part.transaction(), number -> new LinkedHashSet<>());
      part.locks().stream()
          .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
          .filter(lock -> isOfTable(part.structure().detail(), lock.relation()))
          .forEach(lock -> tables.add(lock.relation().toString()));
      if (tables.size() > 1 && told.add(part.transaction())) {
        overview.finds(
            part.statement(),
            0,
            "The transaction locks everybody out of " + String.join(" and of ", tables)
                + (isLast(overview, part) ? "." : ", and perhaps of more."));
      }
    }
  }

  /** Views and indexes are used by few, and a partition belongs to its table. */
  private static boolean isOfTable(Detail detail, ObjectName relation) {
    return detail instanceof Detail.Alter alter
            && alter.object().type() == ObjectType.TABLE
            && alter.object().name().equals(relation)
        || detail instanceof Detail.Drop drop
            && switch (drop.type()) {
              case TABLE, TRIGGER, POLICY, RULE -> true;
              default -> false;
            }
        || detail instanceof Detail.Truncate
        || detail instanceof Detail.Lock;
  }

  private static boolean isLast(Overview overview, Part part) {
    return overview.parts().indexOf(part) == overview.parts().size() - 1;
  }
}
