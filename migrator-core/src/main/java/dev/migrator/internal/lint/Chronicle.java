package dev.migrator.internal.lint;

import dev.migrator.internal.lint.KnownTable.KnownIndex;
import dev.migrator.internal.lint.World.Aspect;
import dev.migrator.internal.lint.World.Certainty;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.RowChange;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.internal.sql.structure.TypeChange;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes into a world what a statement does to it. */
final class Chronicle {

  private static final Pattern PATH_SET_BY_FUNCTION = Pattern.compile(
      "\\bset_config\\s*\\(\\s*'search_path'\\s*,\\s*'([^']*)'", Pattern.CASE_INSENSITIVE);

  private final World world;
  private final Object script;

  /**
   * The chronicle of a script.
   *
   * @param script stands for it
   */
  Chronicle(World world, Object script) {
    this.world = world;
    this.script = script;
  }

  /** A statement has run. */
  void after(Statement statement, Detail detail) {
    if (detail instanceof Create create) {
      create(create);
    } else if (detail instanceof Detail.Alter alter) {
      alter.changes().forEach(change -> alter(alter.object(), change));
    } else if (detail instanceof Detail.Drop drop) {
      drop.objects().forEach(this::drop);
    } else if (detail instanceof Detail.Rows rows && rows.into() != null) {
      world.makeTable(rows.into(), new KnownTable(false), Certainty.CERTAIN);
    } else if (detail instanceof Detail.Setting setting
        && (setting.name().equals("search_path") || setting.name().equals("schema"))) {
      world.searchPath(path(setting.value()));
    } else if (detail instanceof Detail.Truncate truncate) {
      truncate.tables().stream()
          .filter(table -> table.scope() == TableTarget.Scope.WITH_DESCENDANTS)
          .forEach(table -> world.truncate(table.name()));
    } else if (detail instanceof Detail.Rows rows) {
      rows.changes().forEach(this::rows);
    } else if (detail instanceof Detail.Copy copy
        && copy.table() != null
        && copy.direction() == Detail.Copy.Direction.FROM) {
      world.fill(copy.table());
    } else if (detail instanceof Detail.TransactionControl) {
      world.endTransaction();
    }
    if (mayWriteRows(detail)) {
      world.fillAny();
    }
    Matcher path = PATH_SET_BY_FUNCTION.matcher(statement.sql());
    if (path.find()) {
      world.searchPath(SearchPath.of(path.group(1)));
    }
  }

  /** Rows may go into any table: a partition, by a trigger, by a function that a query calls. */
  private static boolean mayWriteRows(Detail detail) {
    return detail instanceof Detail.Rows
        || detail instanceof Detail.Copy
        || detail instanceof Detail.Code
        || detail instanceof Detail.Call
        || detail instanceof Detail.Explain
        || detail instanceof Detail.Plain
        || detail instanceof Detail.Unknown;
  }

  private void rows(RowChange change) {
    if (change.verb() == RowChange.Verb.DELETE && change.where() == RowChange.Where.ABSENT) {
      world.deleteAll(change.table().name());
    } else if (change.verb() == RowChange.Verb.INSERT || change.verb() == RowChange.Verb.MERGE) {
      world.fill(change.table().name());
    }
  }

  private static List<String> path(@Nullable Fragment value) {
    return value == null
        ? List.of()
        : SearchPath.of(value.text().replaceFirst("^(=|(?i:TO)\\b)", ""));
  }

  private void create(Create create) {
    boolean mayBeThere = create.clauses().contains(Clause.IF_NOT_EXISTS)
        || create.clauses().contains(Clause.OR_REPLACE);
    if (create instanceof Create.Table table) {
      if (!(mayBeThere && world.isKnown(ObjectType.TABLE, table.name()))) {
        world.makeTable(table.name(), table(table), certainty(mayBeThere));
      }
    } else if (create instanceof Create.Index index) {
      index(index);
    } else if (create instanceof Create.View view) {
      if (!(mayBeThere && world.isKnown(view.type(), view.name()))) {
        world.make(view.type(), view.name(), certainty(mayBeThere));
        if (view.type() == ObjectType.MATERIALIZED_VIEW) {
          world.tableOrEmpty(view.name());
        }
      }
    } else if (create instanceof Create.Sequence sequence) {
      make(ObjectType.SEQUENCE, sequence.name(), mayBeThere);
    } else if (create instanceof Create.Type type) {
      make(ObjectType.TYPE, type.name(), false);
    } else if (create instanceof Create.Domain domain) {
      make(ObjectType.DOMAIN, domain.name(), false);
    } else if (create instanceof Create.Routine routine) {
      make(routine.type(), routine.name(), mayBeThere);
    } else if (create instanceof Create.Trigger trigger) {
      world.tableOrEmpty(trigger.table()).triggers().add(trigger.name().text());
    } else if (create instanceof Create.Other other) {
      make(other.object().type(), other.object().name(), mayBeThere);
    }
  }

  private void make(ObjectType type, ObjectName name, boolean mayBeThere) {
    if (!(mayBeThere && world.isKnown(type, name))) {
      world.make(type, name, certainty(mayBeThere));
    }
  }

  private static Certainty certainty(boolean mayBeThere) {
    return mayBeThere ? Certainty.PERHAPS : Certainty.CERTAIN;
  }

  private KnownTable table(Create.Table create) {
    boolean whole = create.like().isEmpty()
        && create.inherits().isEmpty()
        && create.partitionOf() == null
        && create.ofType() == null
        && create.query() == null;
    KnownTable table = new KnownTable(whole, create.partitionBy() != null);
    String name = create.name().name();
    create.columns().forEach(table::declare);
    create.columns().forEach(column -> table.add(column, name, script));
    create
        .constraints()
        .forEach(constraint -> table.add(constraint, List.of(), name, true, script));
    return table;
  }

  private void index(Create.Index create) {
    List<String> elements = create.elements().stream()
        .map(element ->
            element.column() == null ? element.text().text() : element.column().text())
        .toList();
    Name name = create.name();
    String made = name == null
        ? create.table().name() + "_" + String.join("_", elements) + "_idx"
        : name.text();
    world.makeIndex(
        new ObjectName(create.table().schema(), made, 0),
        create.table(),
        new KnownIndex(
            elements,
            create.where() != null && !leavesOutNullsOnly(create.where(), elements),
            create.clauses().contains(Clause.UNIQUE),
            definition(create)));
  }

  /** A look for a value of the column never means the rows that are left out. */
  private static boolean leavesOutNullsOnly(Fragment where, List<String> elements) {
    return Conditions.saysOnlyNotNull(where, elements.get(0));
  }

  /** What of an index makes it answer queries, in one spelling. */
  static String definition(Create.Index create) {
    String elements = create.elements().stream()
        .map(element -> element
            .text()
            .text()
            .toLowerCase(Locale.ROOT)
            .replace("\"", "")
            .replaceAll("\\s+", " ")
            .replaceFirst(" asc$", ""))
        .collect(Collectors.joining(","));
    return (create.method() == null ? "btree" : create.method().text()) + " " + elements
        + (create.include().isEmpty() ? "" : " include " + create.include())
        + (create.where() == null ? "" : " where " + create.where().text());
  }

  private void drop(ObjectReference object) {
    switch (object.type()) {
      case TRIGGER -> {
        if (object.on() != null) {
          world.tableOrEmpty(object.on()).triggers().remove(object.name().name());
        }
      }
      case POLICY, RULE -> {
        // They are parts of a table, and nothing depends on what is known of them.
      }
      default -> world.drop(object.type(), object.name());
    }
  }

  private void alter(ObjectReference object, Change change) {
    ObjectName name = object.name();
    if (object.type() == ObjectType.TRIGGER && object.on() != null) {
      if (change instanceof Change.Rename rename) {
        world.tableOrEmpty(object.on()).triggers().add(rename.to().text());
      }
    } else if (change instanceof Change.Rename rename) {
      world.move(object.type(), name, "", rename.to().text());
    } else if (change instanceof Change.SetSchema move) {
      world.move(object.type(), name, move.schema().text(), "");
    } else if (change instanceof TypeChange.AddValue added) {
      world.addLabel(name, added.value());
    } else if (object.type() == ObjectType.TABLE || object.type() == ObjectType.FOREIGN_TABLE) {
      alterTable(world.tableOrEmpty(name), name, change);
    }
  }

  private void alterTable(KnownTable table, ObjectName name, Change change) {
    if (change instanceof ColumnChange.Add added) {
      boolean mayBeThere = added.clauses().contains(Clause.IF_NOT_EXISTS);
      if (!(mayBeThere && table.columns().containsKey(added.column().text()))) {
        table.add(added.definition(), name.name(), script);
        world.make(name, Aspect.COLUMN, added.column().text(), certainty(mayBeThere));
      }
    } else if (change instanceof ColumnChange.Drop dropped) {
      table.dropColumn(dropped.column().text());
    } else if (change instanceof ColumnChange.RenameTo renamed) {
      table.renameColumn(renamed.column().text(), renamed.to().text());
      for (Aspect aspect : Aspect.OF_COLUMNS) {
        world.move(name, aspect, renamed.column().text(), renamed.to().text());
      }
    } else if (change instanceof ColumnChange.SetType typed) {
      table.setType(typed.column().text(), typed.type());
      world.make(name, Aspect.TYPE, typed.column().text());
    } else if (change instanceof ColumnChange.SetNotNull notNull) {
      table.setNotNull(notNull.column().text());
      world.make(name, Aspect.NOT_NULL, notNull.column().text());
    } else if (change instanceof ColumnChange.SetDefault byDefault) {
      world.make(name, Aspect.DEFAULT, byDefault.column().text());
    } else if (change instanceof ColumnChange.DropNotNull nullable) {
      table.dropNotNull(nullable.column().text());
    } else if (change instanceof Change.AddConstraint added) {
      Constraint constraint = added.constraint();
      boolean valid = !constraint.has(Clause.NOT_VALID) && !constraint.has(Clause.NOT_ENFORCED);
      String made = table.add(constraint, List.of(), name.name(), valid, script);
      if (table.tellsNameOf(constraint)) {
        world.make(name, Aspect.CONSTRAINT, made);
      }
    } else if (change instanceof Change.ValidateConstraint validated) {
      table.validate(validated.name().text());
    } else if (change instanceof Change.DropConstraint dropped) {
      table.dropConstraint(dropped.name().text());
    } else if (change instanceof Change.RenameConstraint renamed) {
      table.renameConstraint(renamed.from().text(), renamed.to().text());
      world.move(name, Aspect.CONSTRAINT, renamed.from().text(), renamed.to().text());
    }
  }
}
