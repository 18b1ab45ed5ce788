package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Change;
import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Create;
import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.RelationLock;
import dev.migrator.internal.sql.structure.Structure;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The strong locks that the statements of a migration take on what was there before it: nobody waits for what it created
 * itself. Statements are asked in their order.
 *
 * <p>Names are compared as they are written, so a table that is created with its schema and altered without counts as one
 * that was there.
 */
public final class StrongLocks {

  /** What may take a strong lock, or create what another statement locks, begins with one of these. */
  private static final Set<String> VERBS = Set.of(
      "ALTER", "CLUSTER", "CREATE", "DROP", "LOCK", "REFRESH", "REINDEX", "TRUNCATE", "VACUUM");

  private static final int LONGEST_VERB = 8;

  /** Without one of these words a CREATE locks nothing that is there. */
  private static final List<String> OF_SOMETHING =
      List.of("REFERENCES", "PARTITION", "INHERITS", "INDEX", "TRIGGER", "POLICY", "RULE", "VIEW");

  private final Set<String> created = new HashSet<>();

  /**
   * Whether a statement may take a strong lock, by its words alone. Reading a statement takes longer than looking for
   * words, and most migrations only create tables.
   */
  public static boolean mayTake(Statement statement) {
    String verb = verb(statement.sql());
    if (!verb.equals("CREATE")) {
      return VERBS.contains(verb);
    }
    String words = statement.sql().toUpperCase(Locale.ROOT);
    return OF_SOMETHING.stream().anyMatch(words::contains);
  }

  /** The strong locks of the next statement, each relation once; nothing of code and of what was not recognised. */
  public List<RelationLock> next(Statement statement) {
    if (statement.settings().contains("search_path") || statement.settings().contains("schema")) {
      created.removeIf(key -> key.startsWith("\0"));
    }
    if (!VERBS.contains(verb(statement.sql()))) {
      return List.of();
    }
    Structure structure = statement.structure();
    List<RelationLock> locks = structure.locking().strong().stream()
        .filter(lock -> !created.contains(key(lock.relation())))
        .toList();
    follow(structure.detail());
    return locks;
  }

  private static String verb(String sql) {
    int end = 0;
    while (end < sql.length() && end <= LONGEST_VERB && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return sql.substring(0, end).toUpperCase(Locale.ROOT);
  }

  private void follow(Detail detail) {
    if (detail instanceof Create create) {
      ObjectName name = name(create);
      // With these clauses it may have been there.
      if (name != null
          && !create.clauses().contains(Clause.IF_NOT_EXISTS)
          && !create.clauses().contains(Clause.OR_REPLACE)) {
        created.add(key(name));
      }
    } else if (detail instanceof Detail.Drop drop) {
      drop.objects().forEach(object -> created.remove(key(object.name())));
    } else if (detail instanceof Detail.Alter alter) {
      alter.changes().forEach(change -> moved(alter.object().name(), change));
    }
  }

  private static @Nullable ObjectName name(Create create) {
    if (create instanceof Create.Table table) {
      return table.name();
    }
    if (create instanceof Create.View view) {
      return view.name();
    }
    if (create instanceof Create.Sequence sequence) {
      return sequence.name();
    }
    if (create instanceof Create.Index index) {
      Name name = index.name();
      return name == null
          ? null
          : new ObjectName(index.table().schema(), name.text(), name.offset());
    }
    return null;
  }

  private void moved(ObjectName from, Change change) {
    if (change instanceof Change.Rename rename && created.remove(key(from))) {
      created.add(key(from.schema(), rename.to().text()));
    } else if (change instanceof Change.SetSchema schema && created.remove(key(from))) {
      created.add(key(schema.schema().text(), from.name()));
    }
  }

  private static String key(ObjectName name) {
    return key(name.schema(), name.name());
  }

  private static String key(@Nullable String schema, String name) {
    return (schema == null ? "" : schema) + "\0" + name;
  }
}
