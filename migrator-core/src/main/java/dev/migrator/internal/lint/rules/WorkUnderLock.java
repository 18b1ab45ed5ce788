package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.report.LockMode;
import dev.migrator.report.Severity;
import java.util.stream.Collectors;

/** Long work is done while another statement has everybody locked out. */
final class WorkUnderLock implements UnderLock.Question {
  private WorkUnderLock() {}

  static Rule rule() {
    return Rule.of("work-under-lock", Topic.LOCKS, Severity.WARNING)
        .when(
            "After a statement that takes an ACCESS EXCLUSIVE lock on a table in use, the same transaction "
                + "builds an index, rewrites a table, reads one through, or fills a new one or a materialized view from a "
                + "query.")
        .effect(
            "The lock of the first statement, which alone would be over at once, is held until the long work "
                + "is done: nobody reads or writes that table meanwhile.")
        .remedy("Move the long work to a migration of its own, before or after.")
        .looks(UnderLock.first(new WorkUnderLock()));
  }

  @Override
  public boolean locks(Part part) {
    return part.locksOutEverybody();
  }

  @Override
  public boolean works(Part part, Part holder, Overview overview) {
    return overview.works(part) && !validates(part) || fills(part) && !replacesView(holder);
  }

  @Override
  public String message(Part holder) {
    return "This runs while " + exclusive(holder) + " is locked against everybody, since "
        + holder.statement().position() + ".";
  }

  private static boolean fills(Part part) {
    return part.structure().detail() instanceof Create.View view
            && view.type() == ObjectType.MATERIALIZED_VIEW
            && !view.clauses().contains(Clause.WITH_NO_DATA)
        || part.structure().detail() instanceof Create.Table table
            && table.query() != null
            && !table.clauses().contains(Clause.WITH_NO_DATA)
        || part.structure().detail() instanceof Detail.Maintenance refresh
            && refresh.on() == ObjectType.MATERIALIZED_VIEW
            && !refresh.clauses().contains(Clause.WITH_NO_DATA)
        || part.structure().detail() instanceof Detail.Rows rows && rows.into() != null;
  }

  /** materialized-view-replaced speaks of that. */
  private static boolean replacesView(Part holder) {
    return holder.structure().detail() instanceof Detail.Drop drop
        && drop.type() == ObjectType.MATERIALIZED_VIEW;
  }

  /** validated-at-once speaks of that. */
  private static boolean validates(Part part) {
    return part.structure().detail() instanceof Detail.Alter alter
        && alter.changes().stream().allMatch(Change.ValidateConstraint.class::isInstance);
  }

  private static String exclusive(Part part) {
    return part.locks().stream()
        .filter(lock -> lock.mode() == LockMode.ACCESS_EXCLUSIVE)
        .map(lock -> lock.relation().toString())
        .collect(Collectors.joining(", "));
  }
}
