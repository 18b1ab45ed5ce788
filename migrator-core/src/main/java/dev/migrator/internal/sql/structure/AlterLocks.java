package dev.migrator.internal.sql.structure;

import dev.migrator.report.LockMode;
import java.util.Locale;
import java.util.Set;

/** The locks of ALTER: those of its strongest action (PostgreSQL manual, ALTER TABLE and its like). */
final class AlterLocks {

  /** The parameters that can be changed while others write; all others of tables, indexes and views lock them out. */
  private static final Set<String> MILD = Set.of(
      "fillfactor",
      "toast_tuple_target",
      "parallel_workers",
      "vacuum_index_cleanup",
      "vacuum_truncate",
      "vacuum_max_eager_freeze_failure_rate",
      "log_autovacuum_min_duration",
      "deduplicate_items");

  private final Detail.Alter alter;
  private final LockRules rules;

  private AlterLocks(Detail.Alter alter, LockRules rules) {
    this.alter = alter;
    this.rules = rules;
  }

  static void of(Detail.Alter alter, LockRules rules) {
    new AlterLocks(alter, rules).add();
  }

  private void add() {
    for (Change change : alter.changes()) {
      add(change);
      if (change instanceof Change.Unknown) {
        rules.reaches(Locking.Extent.UNKNOWN);
      }
    }
  }

  private void add(Change change) {
    ObjectName name = alter.object().name();
    switch (alter.object().type()) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, INDEX -> {
        rules.lock(name, mode(change));
        others(change);
      }
      case SEQUENCE ->
        rules.lock(
            name,
            change instanceof Change.Other && !isSetPersistence(change)
                ? LockMode.SHARE_ROW_EXCLUSIVE
                : LockMode.ACCESS_EXCLUSIVE);
      case TRIGGER, POLICY, RULE -> rules.lock(alter.object().on(), LockMode.ACCESS_EXCLUSIVE);
      case DOMAIN -> domain(change);
      case TYPE -> {
        if (change instanceof ColumnChange) {
          // Tables of that type change with it.
          rules.reaches(Locking.Extent.CATALOG);
        }
      }
      case TABLESPACE -> {
        if (change instanceof Change.SetTablespace) {
          rules.reaches(Locking.Extent.CATALOG);
        }
      }
      case EXTENSION ->
        rules.reaches(
            change instanceof Change.Other ? Locking.Extent.UNKNOWN : Locking.Extent.NAMED);
      default -> {
        // No relation.
      }
    }
  }

  private static boolean isSetPersistence(Change change) {
    return change instanceof Change.Other other
        && other.text().text().toUpperCase(Locale.ROOT).startsWith("SET ");
  }

  /** The tables that use a domain are read through, and nobody may write to them meanwhile. */
  private void domain(Change change) {
    boolean checks = change instanceof TypeChange.SetNotNull
        || change instanceof Change.ValidateConstraint
        || change instanceof Change.AddConstraint added
            && !added.constraint().has(Clause.NOT_VALID);
    if (checks) {
      rules.reaches(Locking.Extent.CATALOG);
    }
  }

  /** In which mode a change needs the relation itself. */
  private LockMode mode(Change change) {
    boolean index = alter.object().type() == ObjectType.INDEX;
    boolean mild = change instanceof Change.ValidateConstraint
        || change instanceof TableChange.AttachPartition
        || change instanceof TableChange.ClusterOn
        || change instanceof Change.Rename && index
        || change instanceof ColumnChange.Tune tune && isMild(tune.aspect())
        || change instanceof Change.Parameters parameters
            && parameters.names().stream().allMatch(AlterLocks::isMild)
        || change instanceof TableChange.DetachPartition detach
            && (detach.clauses().contains(Clause.CONCURRENTLY)
                || detach.clauses().contains(Clause.FINALIZE));
    if (mild) {
      return LockMode.SHARE_UPDATE_EXCLUSIVE;
    }
    boolean stopsWriters = change instanceof Change.AddConstraint added
            && added.constraint().kind() == Constraint.Kind.FOREIGN_KEY
        || change instanceof TableChange.Toggle toggle && toggle.what() == ObjectType.TRIGGER;
    return stopsWriters ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
  }

  private static boolean isMild(ColumnChange.Tune.Aspect aspect) {
    return switch (aspect) {
      case STATISTICS, PARAMETERS -> true;
      case STORAGE, COMPRESSION -> false;
    };
  }

  private static boolean isMild(String parameter) {
    String name = parameter.substring(parameter.indexOf('.') + 1);
    return name.startsWith("autovacuum_") || MILD.contains(name);
  }

  /** What a change locks beside the relation itself. */
  private void others(Change change) {
    ObjectName name = alter.object().name();
    if (change instanceof Change.AddConstraint added) {
      rules.refer(added.constraint(), name);
    } else if (change instanceof ColumnChange.Add added) {
      added.definition().constraints().forEach(constraint -> rules.refer(constraint, name));
    } else if (change instanceof TableChange.AttachPartition attached) {
      rules.lock(attached.partition(), LockMode.ACCESS_EXCLUSIVE);
      rules.reaches(Locking.Extent.CATALOG);
    } else if (change instanceof TableChange.DetachPartition detached) {
      rules.lock(detached.partition(), LockMode.ACCESS_EXCLUSIVE);
      rules.reaches(Locking.Extent.CATALOG);
    } else if (change instanceof TableChange.Inherit inherit
        && inherit.relation() == TableChange.Inherit.Relation.INHERIT) {
      rules.lock(inherit.parent(), LockMode.SHARE_UPDATE_EXCLUSIVE);
    } else if (change instanceof Change.DropConstraint
        || change instanceof Change.AlterConstraint
        || change instanceof ColumnChange.Drop
        || change instanceof ColumnChange.SetType) {
      // It may be part of a foreign key, which has triggers on another table.
      rules.reaches(Locking.Extent.CATALOG);
    }
  }
}
