package dev.migrator.internal.sql.structure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the relations that a statement names outside queries and code, each once. */
final class Relations {
  private final Map<String, ObjectName> found = new LinkedHashMap<>();

  private Relations() {}

  static List<ObjectName> of(Detail detail) {
    Relations relations = new Relations();
    relations.detail(detail);
    return List.copyOf(new ArrayList<>(relations.found.values()));
  }

  private void add(@Nullable ObjectName name) {
    if (name != null) {
      found.putIfAbsent(name.schema() + "\0" + name.name(), name);
    }
  }

  private void detail(Detail detail) {
    if (detail instanceof Create create) {
      create(create);
    } else if (detail instanceof Detail.Alter alter) {
      reference(alter.object());
      alter.changes().forEach(this::change);
    } else if (detail instanceof Detail.Drop drop) {
      drop.objects().forEach(this::reference);
    } else if (detail instanceof Detail.Annotation annotation) {
      reference(annotation.object());
    } else if (detail instanceof Detail.Privileges privileges) {
      privileges.objects().forEach(this::reference);
    } else if (detail instanceof Detail.Rows rows) {
      rows.changes().forEach(change -> add(change.table().name()));
      add(rows.into());
    } else if (detail instanceof Detail.Truncate truncate) {
      truncate.tables().forEach(table -> add(table.name()));
    } else if (detail instanceof Detail.Lock lock) {
      lock.tables().forEach(table -> add(table.name()));
    } else if (detail instanceof Detail.Copy copy) {
      add(copy.table());
    } else if (detail instanceof Detail.Explain explain) {
      explain.statement().relations().forEach(this::add);
    } else if (detail instanceof Detail.Maintenance maintenance && isRelation(maintenance.on())) {
      maintenance.objects().forEach(this::add);
    }
  }

  private void create(Create create) {
    if (create instanceof Create.Table table) {
      add(table.name());
      table.columns().forEach(column -> column.constraints().forEach(this::constraint));
      table.constraints().forEach(this::constraint);
      table.like().forEach(this::add);
      table.inherits().forEach(this::add);
      Create.PartitionBound partitionOf = table.partitionOf();
      add(partitionOf == null ? null : partitionOf.parent());
    } else if (create instanceof Create.Index index) {
      add(index.table());
    } else if (create instanceof Create.View view) {
      add(view.name());
    } else if (create instanceof Create.Sequence sequence) {
      add(sequence.name());
    } else if (create instanceof Create.Trigger trigger) {
      add(trigger.table());
      add(trigger.references());
    } else if (create instanceof Create.OnTable onTable) {
      add(onTable.table());
    } else if (create instanceof Create.Other other) {
      add(other.object().on());
    }
  }

  private void change(Change change) {
    if (change instanceof Change.AddConstraint added) {
      constraint(added.constraint());
    } else if (change instanceof ColumnChange.Add added) {
      added.definition().constraints().forEach(this::constraint);
    } else if (change instanceof TableChange.AttachPartition attached) {
      add(attached.partition());
    } else if (change instanceof TableChange.DetachPartition detached) {
      add(detached.partition());
    } else if (change instanceof TableChange.Inherit inherit
        && inherit.relation() != TableChange.Inherit.Relation.OF) {
      add(inherit.parent());
    }
  }

  private void constraint(Constraint constraint) {
    add(constraint.references());
  }

  private void reference(ObjectReference reference) {
    if (isRelation(reference.type())) {
      add(reference.name());
    }
    switch (reference.type()) {
      case TRANSFORM, USER_MAPPING -> {
        // On a language, on a server.
      }
      default -> add(reference.on());
    }
  }

  private static boolean isRelation(ObjectType type) {
    return switch (type) {
      case TABLE, FOREIGN_TABLE, INDEX, VIEW, MATERIALIZED_VIEW, SEQUENCE -> true;
      default -> false;
    };
  }
}
