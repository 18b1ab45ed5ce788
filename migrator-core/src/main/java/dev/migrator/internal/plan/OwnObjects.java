package dev.migrator.internal.plan;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The objects in which the engine keeps its records, as scripts may name them. Applications that had an in-house tool have a
 * script that creates them; where the engine keeps them, the statements that are about them are passed over.
 *
 * @param schema where they are
 * @param creationSchema where a name without a schema means; {@code null} when that is not known
 * @param stem what is part of every name
 * @param records the names of the tracking table and the history
 * @param tables the names of its other tables
 * @param views the names of its view and its function
 */
public record OwnObjects(
    String schema,
    @Nullable String creationSchema,
    String stem,
    Set<String> records,
    Set<String> tables,
    Set<String> views) {

  /** Nothing. */
  public static final OwnObjects NONE = new OwnObjects("", null, "", Set.of(), Set.of(), Set.of());

  /** Keeps copies. */
  public OwnObjects {
    records = Set.copyOf(records);
    tables = Set.copyOf(tables);
    views = Set.copyOf(views);
  }

  /**
   * The statements of a script that are about these objects, in a script that creates them.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} when it creates something else under such a name
   */
  List<Statement> passedOver(ParsedScript script) {
    return new Reading(script).passedOver(false);
  }

  /**
   * The statements of a down script that are about these objects, in a script that drops them.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} when one statement drops other objects with them
   */
  List<Statement> passedOverDown(ParsedScript script) {
    return new Reading(script).passedOver(true);
  }

  /** Whether a migration creates the tables in which it is to be recorded: it comes before all that is recorded there. */
  boolean comeWith(Resolved migration) {
    if (!(migration instanceof ResolvedMigration scripts)) {
      return false;
    }
    try {
      return passedOver(scripts.script().parse()).stream()
          .anyMatch(statement -> statement.structure().detail() instanceof Create.Table);
    } catch (MigrationException e) {
      // Whoever wants to run it is told why it cannot be read.
      return false;
    }
  }

  /** One script, statement by statement. */
  private final class Reading {

    private final ParsedScript script;
    private final @Nullable String unqualified;
    /** Indexes that are passed over, for a later statement may comment on one. */
    private final Set<String> indexes = new HashSet<>();

    private boolean creates;
    private boolean drops;

    Reading(ParsedScript script) {
      this.script = script;
      this.unqualified = script.settings().contains("search_path") ? null : creationSchema;
    }

    List<Statement> passedOver(boolean down) {
      List<Statement> found = new ArrayList<>();
      if (!stem.isEmpty()) {
        for (Statement statement : script.statements()) {
          // Only few statements can be meant, and to recognise them all takes long.
          if ((mentions(statement, stem) || indexes.stream().anyMatch(i -> mentions(statement, i)))
              && isAbout(statement)) {
            found.add(statement);
          }
        }
      }
      return creates || down && drops ? found : List.of();
    }

    private boolean isAbout(Statement statement) {
      Detail detail = statement.structure().detail();
      if (detail instanceof Create create) {
        return isCreated(create, statement);
      }
      if (detail instanceof Detail.Alter alter) {
        return isOwn(alter.object());
      }
      if (detail instanceof Detail.Annotation annotation) {
        return isOwn(annotation.object());
      }
      if (detail instanceof Detail.Drop drop) {
        return isDropped(drop, statement);
      }
      if (detail instanceof Detail.Truncate truncate) {
        return isWhole(
            truncate.tables().stream().map(TableTarget::name).toList(),
            statement,
            "empties tables");
      }
      return detail instanceof Detail.Rows rows
          && isWhole(
              rows.changes().stream().map(change -> change.table().name()).toList(),
              statement,
              "changes rows");
    }

    private boolean isCreated(Create create, Statement statement) {
      if (create.clauses().contains(Clause.TEMPORARY)) {
        return false;
      }
      if (create instanceof Create.Table table && isOwn(table.name())) {
        requireRecord(table, statement);
        creates = true;
        return true;
      }
      if (create instanceof Create.View view && isOwn(view.name())
          || create instanceof Create.Routine routine
              && isOwn(routine.name())
              && routine.arguments().text().replaceAll("\\s", "").equals("()")) {
        creates = true;
        return true;
      }
      if (create instanceof Create.Index index && isOwn(index.table())) {
        if (index.name() != null) {
          indexes.add(index.name().text());
        }
        return true;
      }
      return create instanceof Create.Trigger trigger && isOwn(trigger.table())
          || create instanceof Create.OnTable onTable && isOwn(onTable.table());
    }

    /** A table of the name that is no record of migrations would be missed by whoever needs it. */
    private void requireRecord(Create.Table table, Statement statement) {
      boolean versions =
          table.columns().stream().anyMatch(column -> column.name().text().equals("version"));
      if (!records.contains(table.name().name()) || !versions) {
        throw MigrationException.because(
                FailureCode.SCRIPT_REFUSED,
                "it creates the table " + table.name()
                    + ", and Migrator keeps one of that name there.")
            .at(statement.position())
            .done("nothing was run.", List.of())
            .advice(
                "give the table another name, or configure another name or schema for the tracking table.")
            .build();
      }
    }

    private boolean isDropped(Detail.Drop drop, Statement statement) {
      long own = drop.objects().stream().filter(this::isOwn).count();
      drops |= own > 0;
      return isWhole(own, drop.objects().size(), statement, "drops objects");
    }

    private boolean isWhole(List<ObjectName> names, Statement statement, String does) {
      return isWhole(names.stream().filter(this::isOwn).count(), names.size(), statement, does);
    }

    /** Whether a statement is about our objects; one that is about others too can neither run nor be passed over. */
    private boolean isWhole(long own, long all, Statement statement, String does) {
      if (own > 0 && own < all) {
        throw MigrationException.because(
                FailureCode.SCRIPT_REFUSED,
                "it " + does + " that Migrator keeps, together with others.")
            .at(statement.position())
            .done("nothing was run.", List.of())
            .advice("write the others in a statement of their own.")
            .build();
      }
      return own > 0;
    }

    private boolean isOwn(ObjectReference object) {
      ObjectName on = object.on();
      return on == null
          ? isOwn(object.name())
              || object.type() == ObjectType.INDEX
                  && indexes.contains(object.name().name())
          : isOwn(on);
    }

    private boolean isOwn(ObjectName name) {
      String where = name.schema() == null ? unqualified : name.schema();
      return schema.equals(where)
          && (records.contains(name.name())
              || tables.contains(name.name())
              || views.contains(name.name()));
    }
  }

  private static boolean mentions(Statement statement, String name) {
    String sql = statement.sql();
    String first = name.substring(0, 1).toLowerCase(Locale.ROOT);
    char lower = first.charAt(0);
    char upper = first.toUpperCase(Locale.ROOT).charAt(0);
    for (int i = 0; i <= sql.length() - name.length(); i++) {
      char c = sql.charAt(i);
      if ((c == lower || c == upper) && sql.regionMatches(true, i, name, 0, name.length())) {
        return true;
      }
    }
    return false;
  }
}
