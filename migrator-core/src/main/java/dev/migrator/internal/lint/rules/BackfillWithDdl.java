package dev.migrator.internal.lint.rules;

import dev.migrator.internal.lint.Overview;
import dev.migrator.internal.lint.Overview.Part;
import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.Rule.Topic;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.report.Severity;
import java.util.Set;
import java.util.stream.Collectors;

/** Rows are changed while a statement before has the table locked. */
final class BackfillWithDdl implements UnderLock.Question {
  private BackfillWithDdl() {}

  static Rule rule() {
    return Rule.of("backfill-with-ddl", Topic.LOCKS, Severity.WARNING)
        .when(
            "UPDATE, DELETE, MERGE or INSERT ... SELECT on a table in use, or INSERT ... SELECT ... FROM into a "
                + "new one, in a transaction that locks a table against writers or everybody.")
        .effect(
            "The lock of the definition is held until all rows are changed: nobody writes to that table, or "
                + "even reads it, meanwhile; and one transaction that changes many rows leaves as many dead ones "
                + "behind.")
        .remedy(
            "Change definitions in one migration and rows in another one, large tables in portions.")
        .looks(UnderLock.first(new BackfillWithDdl()));
  }

  @Override
  public boolean locks(Part part) {
    return part.structure().family() == Family.DDL
        && part.locks().stream().anyMatch(lock -> lock.mode().isStrong());
  }

  @Override
  public boolean works(Part part, Part holder, Overview overview) {
    return changesRows(part);
  }

  @Override
  public String message(Part holder) {
    return "Rows change while the lock of " + holder.statement().position() + " on "
        + holder.locks().get(0).relation() + " is held.";
  }

  private static boolean changesRows(Part part) {
    return part.structure().detail() instanceof Detail.Rows rows
        && rows.changes().stream()
            .anyMatch(change -> change.verb() == RowChange.Verb.INSERT
                ? isQuery(part)
                : part.locks().stream()
                    .anyMatch(lock -> lock.relation().equals(change.table().name())));
  }

  /** Rows that the script itself lists are few. */
  private static boolean isQuery(Part part) {
    return part.statement().words().stream()
        .map(Name::text)
        .collect(Collectors.toSet())
        .containsAll(Set.of("select", "from"));
  }
}
