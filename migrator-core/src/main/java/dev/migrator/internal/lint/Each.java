package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.ColumnDefinition;
import dev.migrator.internal.sql.structure.Constraint;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Looks at the parts that many rules look at. */
public final class Each {

  private Each() {}

  /** A look at a change of a table that was there before the run. */
  @FunctionalInterface
  public interface OfChange {

    /** Looks at it. */
    void look(Sight sight, ObjectName table, Change change);
  }

  /** A look at a new column: of a new table, or of one that is there. */
  @FunctionalInterface
  public interface OfColumn {

    /** Looks at it. */
    void look(Sight sight, ObjectName table, ColumnDefinition column);
  }

  /** A look at a new constraint. */
  @FunctionalInterface
  public interface OfConstraint {

    /**
     * Looks at it.
     *
     * @param columns the columns of a key
     */
    void look(Sight sight, ObjectName table, Constraint constraint, List<String> columns);
  }

  /** Every statement. */
  public static Look statement(Consumer<Sight> look) {
    return new Look() {
      @Override
      public void statement(Sight sight) {
        look.accept(sight);
      }
    };
  }

  /** Every script. */
  public static Look script(Consumer<Overview> look) {
    return new Look() {
      @Override
      public void script(Overview overview) {
        look.accept(overview);
      }
    };
  }

  /** Every statement of a kind. */
  public static <D extends Detail> Look detail(Class<D> kind, BiConsumer<Sight, D> look) {
    return statement(sight -> {
      if (kind.isInstance(sight.detail())) {
        look.accept(sight, kind.cast(sight.detail()));
      }
    });
  }

  /** Every change of a table that was there before the run. */
  public static Look change(OfChange look) {
    return detail(Detail.Alter.class, (sight, alter) -> {
      if (alter.object().type() == ObjectType.TABLE
          && sight.isOld(alter.object().name())) {
        alter.changes().forEach(change -> look.look(sight, alter.object().name(), change));
      }
    });
  }

  /** Every change of a kind, of a table that was there before the run. */
  public static <C extends Change> Look change(Class<C> kind, OneChange<C> look) {
    return change((sight, table, change) -> {
      if (kind.isInstance(change)) {
        look.look(sight, table, kind.cast(change));
      }
    });
  }

  /** Every change of a kind, of a table or view that was there before the run. */
  public static <C extends Change> Look changeOfRelation(Class<C> kind, OneChange<C> look) {
    return detail(Detail.Alter.class, (sight, alter) -> {
      ObjectName relation = alter.object().name();
      boolean meant = switch (alter.object().type()) {
        case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> sight.isOld(relation);
        default -> false;
      };
      if (meant) {
        alter.changes().stream()
            .filter(kind::isInstance)
            .forEach(change -> look.look(sight, relation, kind.cast(change)));
      }
    });
  }

  /** A look at a change of a kind. */
  @FunctionalInterface
  public interface OneChange<C extends Change> {

    /** Looks at it. */
    void look(Sight sight, ObjectName table, C change);
  }

  /** Every column that is made, with its table. */
  public static Look column(OfColumn look) {
    return statement(sight -> {
      if (sight.detail() instanceof Create.Table table) {
        table.columns().forEach(column -> look.look(sight, table.name(), column));
      } else if (sight.detail() instanceof Detail.Alter alter) {
        for (Change change : alter.changes()) {
          if (change instanceof ColumnChange.Add added
              && alter.object().type() == ObjectType.TABLE) {
            look.look(sight, alter.object().name(), added.definition());
          }
        }
      }
    });
  }

  /** Every constraint that is put on a table that was there before the run, one of a new column too. */
  public static Look constraint(OfConstraint look) {
    return change((sight, table, change) -> {
      if (change instanceof Change.AddConstraint added) {
        Constraint constraint = added.constraint();
        look.look(
            sight,
            table,
            constraint,
            constraint.columns().stream().map(Object::toString).toList());
      } else if (change instanceof ColumnChange.Add added) {
        for (Constraint constraint : added.definition().constraints()) {
          look.look(sight, table, constraint, List.of(added.column().text()));
        }
      }
    });
  }
}
