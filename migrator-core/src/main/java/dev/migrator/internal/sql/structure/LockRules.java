package dev.migrator.internal.sql.structure;

import dev.migrator.report.LockMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The locks of each command (PostgreSQL manual, 13.3.1 and the page of the command). */
final class LockRules {

  private final Map<String, RelationLock> found = new LinkedHashMap<>();
  private Locking.Extent extent = Locking.Extent.NAMED;

  private LockRules() {}

  static Locking of(Structure structure) {
    LockRules rules = new LockRules();
    rules.detail(structure);
    if (!structure.complete()) {
      rules.reaches(Locking.Extent.UNKNOWN);
    }
    return new Locking(List.copyOf(rules.found.values()), rules.extent);
  }

  void lock(@Nullable ObjectName relation, LockMode mode) {
    if (relation != null) {
      found.merge(
          relation.schema() + "\0" + relation.name(),
          new RelationLock(relation, mode),
          (a, b) -> new RelationLock(a.relation(), a.mode().strongest(b.mode())));
    }
  }

  void reaches(Locking.Extent further) {
    if (further.compareTo(extent) > 0) {
      extent = further;
    }
  }

  private void detail(Structure structure) {
    Detail detail = structure.detail();
    if (detail instanceof Create create) {
      create(create);
    } else if (detail instanceof Detail.Alter alter) {
      AlterLocks.of(alter, this);
    } else if (detail instanceof Detail.Drop drop) {
      drop(drop);
    } else if (detail instanceof Detail.DropOwned) {
      reaches(Locking.Extent.CATALOG);
    } else if (detail instanceof Detail.Rows rows) {
      rows.changes().forEach(change -> lock(change.table().name(), LockMode.ROW_EXCLUSIVE));
    } else if (detail instanceof Detail.Truncate truncate) {
      truncate.tables().forEach(table -> lock(table.name(), LockMode.ACCESS_EXCLUSIVE));
      cascades(truncate.clauses().contains(Clause.CASCADE));
    } else if (detail instanceof Detail.Copy copy) {
      if (copy.direction() == Detail.Copy.Direction.FROM) {
        lock(copy.table(), LockMode.ROW_EXCLUSIVE);
      }
    } else if (detail instanceof Detail.Explain explain) {
      detail(explain.statement());
    } else if (detail instanceof Detail.Lock lock) {
      lock.tables().forEach(table -> lock(table.name(), lock.mode()));
    } else if (detail instanceof Detail.Maintenance maintenance) {
      maintenance(structure.command(), maintenance);
    } else if (structure.family() == Family.CODE
        || structure.family() == Family.UNKNOWN
        || detail instanceof Detail.Unknown) {
      reaches(Locking.Extent.UNKNOWN);
    }
  }

  private void create(Create create) {
    if (create instanceof Create.Table table) {
      table(table);
    } else if (create instanceof Create.Index index) {
      lock(
          index.table(),
          index.clauses().contains(Clause.CONCURRENTLY)
              ? LockMode.SHARE_UPDATE_EXCLUSIVE
              : LockMode.SHARE);
    } else if (create instanceof Create.View view) {
      if (view.clauses().contains(Clause.OR_REPLACE)) {
        lock(view.name(), LockMode.ACCESS_EXCLUSIVE);
      }
    } else if (create instanceof Create.Trigger trigger) {
      lock(trigger.table(), LockMode.SHARE_ROW_EXCLUSIVE);
    } else if (create instanceof Create.OnTable onTable) {
      lock(onTable.table(), LockMode.ACCESS_EXCLUSIVE);
    } else if (create instanceof Create.Other other) {
      boolean runsCode = other.object().type() == ObjectType.EXTENSION
          || other.clauses().contains(Clause.WITH_ELEMENTS);
      reaches(runsCode ? Locking.Extent.UNKNOWN : Locking.Extent.NAMED);
    }
  }

  private void table(Create.Table table) {
    table.inherits().forEach(parent -> lock(parent, LockMode.SHARE_UPDATE_EXCLUSIVE));
    Create.PartitionBound partitionOf = table.partitionOf();
    if (partitionOf != null) {
      // The parent's default partition is locked too, and what its foreign keys refer to.
      lock(partitionOf.parent(), LockMode.ACCESS_EXCLUSIVE);
      reaches(Locking.Extent.CATALOG);
    }
    table.columns().forEach(column -> column.constraints().forEach(c -> refer(c, table.name())));
    table.constraints().forEach(constraint -> refer(constraint, table.name()));
  }

  /** A foreign key puts triggers on the table that it refers to. */
  void refer(Constraint constraint, ObjectName of) {
    ObjectName to = constraint.references();
    if (to != null && !to.toString().equals(of.toString())) {
      lock(to, LockMode.SHARE_ROW_EXCLUSIVE);
    }
  }

  private void drop(Detail.Drop drop) {
    boolean concurrently = drop.clauses().contains(Clause.CONCURRENTLY);
    for (ObjectReference object : drop.objects()) {
      switch (object.type()) {
        case TABLE, FOREIGN_TABLE -> {
          lock(object.name(), LockMode.ACCESS_EXCLUSIVE);
          // The other tables of its foreign keys lose triggers.
          reaches(Locking.Extent.CATALOG);
        }
        case INDEX -> {
          lock(
              object.name(),
              concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
          cascades(!concurrently);
        }
        case VIEW, MATERIALIZED_VIEW, SEQUENCE -> lock(object.name(), LockMode.ACCESS_EXCLUSIVE);
        case TRIGGER, POLICY, RULE -> lock(object.on(), LockMode.ACCESS_EXCLUSIVE);
        case EXTENSION -> reaches(Locking.Extent.CATALOG);
        default -> {
          // No relation, unless something depends on it.
        }
      }
    }
    cascades(drop.clauses().contains(Clause.CASCADE));
  }

  private void maintenance(String command, Detail.Maintenance work) {
    boolean concurrently = work.clauses().contains(Clause.CONCURRENTLY);
    switch (command.split(" ", 2)[0]) {
      case "VACUUM" -> rewrite(work, work.clauses().contains(Clause.FULL));
      case "ANALYZE" -> rewrite(work, false);
      case "CLUSTER" -> rewrite(work, true);
      case "REINDEX" -> reindex(work, concurrently);
      default ->
        work.objects()
            .forEach(
                view -> lock(view, concurrently ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE));
    }
  }

  private void rewrite(Detail.Maintenance work, boolean strong) {
    work.objects()
        .forEach(table ->
            lock(table, strong ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE_UPDATE_EXCLUSIVE));
    cascades(strong && work.objects().isEmpty());
  }

  /** An index is locked against everybody, its table against those who write. */
  private void reindex(Detail.Maintenance work, boolean concurrently) {
    LockMode mode = work.on() == ObjectType.INDEX ? LockMode.ACCESS_EXCLUSIVE : LockMode.SHARE;
    if (work.on() == ObjectType.INDEX || work.on() == ObjectType.TABLE) {
      work.objects()
          .forEach(object -> lock(object, concurrently ? LockMode.SHARE_UPDATE_EXCLUSIVE : mode));
    }
    cascades(!concurrently);
  }

  private void cascades(boolean further) {
    reaches(further ? Locking.Extent.CATALOG : Locking.Extent.NAMED);
  }
}
