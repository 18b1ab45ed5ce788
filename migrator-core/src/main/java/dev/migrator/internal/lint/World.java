package dev.migrator.internal.lint;

import dev.migrator.internal.lint.KnownTable.KnownIndex;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The schema as the scripts up to here have told of it, and which of it the run itself has made: nobody waits for that, and
 * nobody misses it. What no script creates is not in it, so absence tells nothing.
 *
 * <p>Names without a schema are looked for along the search path, as PostgreSQL does it.
 */
public final class World {

  private final List<String> configuredPath;
  private List<String> searchPath;
  private final Map<String, KnownTable> tables = new HashMap<>();
  private final Map<String, String> tablesOfIndexes = new HashMap<>();
  /** Types that got another name, by the new one. */
  private final Map<String, String> renamedTypes = new HashMap<>();

  private final OpenTransaction transaction = new OpenTransaction();

  /** What the run has made, by kind and name. */
  private final Set<String> fresh = new HashSet<>();

  /** What of it may have been there before: it was made where it was not there, or replaced. */
  private final Set<String> perhaps = new HashSet<>();

  private final Set<String> known = new HashSet<>();

  private final Origins origins = new Origins();
  private @Nullable World before;
  private @Nullable World whole;

  /** A part of a table that a statement can make or take away. */
  public enum Aspect {
    COLUMN,
    CONSTRAINT,
    NOT_NULL,
    DEFAULT,
    TYPE;

    /** Those that go with a column when it gets another name. */
    static final Set<Aspect> OF_COLUMNS = Set.of(COLUMN, NOT_NULL, DEFAULT, TYPE);
  }

  /** Whether a statement makes what it names, or may find it there. */
  enum Certainty {
    CERTAIN,
    PERHAPS
  }

  World(List<String> searchPath) {
    this.configuredPath = searchPath;
    this.searchPath = searchPath;
  }

  /** From here on nothing is new. */
  void beginRun() {
    fresh.clear();
    perhaps.clear();
    origins.clear();
    beginScript();
  }

  /** From here on names count as the database has them now. */
  void forgetNames() {
    origins.clear();
  }

  /** What another one tells comes before what this one does. */
  void follow(World other) {
    before = other;
  }

  /** Every script begins with the configured search path. */
  void beginScript() {
    searchPath = configuredPath;
    renamedTypes.clear();
    endTransaction();
  }

  void searchPath(List<String> path) {
    searchPath = path.isEmpty() ? configuredPath : path;
  }

  /** A table, as far as the scripts tell; {@code null} when they do not create it. */
  public @Nullable KnownTable table(ObjectName name) {
    return tables.get(resolve("relation", name));
  }

  /** A table, as far as the scripts tell; made up when they do not create it, so that what they add to it is kept. */
  KnownTable tableOrEmpty(ObjectName name) {
    return tables.computeIfAbsent(resolve("relation", name), key -> new KnownTable(false));
  }

  /** Whether the run has made a table, view, index or sequence, or found it where it would have made it. */
  public boolean isNew(ObjectName relation) {
    return fresh.contains(key("relation", resolve("relation", relation)));
  }

  /** Whether the run has made an object, or found it where it would have made it. */
  public boolean isNew(ObjectType type, ObjectName name) {
    return fresh.contains(key(family(type), resolve(family(type), name)));
  }

  /** Whether the run has made a part of a table, or all of the table. */
  public boolean isNew(ObjectName table, Aspect aspect, String name) {
    String at = resolve("relation", table);
    return fresh.contains(key("relation", at)) || fresh.contains(part(at, aspect, name));
  }

  /** Whether the run has made an object for certain. */
  boolean isMade(ObjectType type, ObjectName name) {
    return isMade(key(family(type), resolve(family(type), name)));
  }

  /** Whether the run has made a part of a table for certain, or all of the table. */
  boolean isMade(ObjectName table, Aspect aspect, String name) {
    String at = resolve("relation", table);
    return isMade(key("relation", at)) || isMade(part(at, aspect, name));
  }

  private boolean isMade(String key) {
    return fresh.contains(key) && !perhaps.contains(key);
  }

  /** Whether a script before makes what IF NOT EXISTS and OR REPLACE may have found another one knows, which has seen them. */
  void foundBy(World all) {
    whole = all;
  }

  /** Whether the run may have found an object that it would have made, and no script before it makes one of this name. */
  boolean isProbablyMade(ObjectType type, ObjectName name) {
    return whole != null && isPerhaps(type, name) && whole.isPerhaps(type, name);
  }

  /** Whether the run may have found a part of a table that it would have made, and no script before it makes it. */
  boolean isProbablyMade(ObjectName table, Aspect aspect, String name) {
    return whole != null && isPerhaps(table, aspect, name) && whole.isPerhaps(table, aspect, name);
  }

  private boolean isPerhaps(ObjectType type, ObjectName name) {
    return isPerhaps(key(family(type), resolve(family(type), name)));
  }

  private boolean isPerhaps(ObjectName table, Aspect aspect, String name) {
    return isPerhaps(part(resolve("relation", table), aspect, name));
  }

  private boolean isPerhaps(String key) {
    return fresh.contains(key) && perhaps.contains(key);
  }

  /** What something was called before the run. */
  ObjectRef beforeTheRun(ObjectRef now) {
    ObjectRef here = beforeThis(now);
    return before == null ? here : before.beforeTheRun(here);
  }

  private ObjectRef beforeThis(ObjectRef now) {
    String part = now.part();
    if (part == null) {
      String family = family(now.type());
      if (now.type() == ObjectType.SCHEMA) {
        return ObjectRef.of(
            now.type(),
            new ObjectName(null, origins.ofSchema(now.name().name()), now.name().offset()));
      }
      return ObjectRef.of(now.type(), origins.of(family, resolve(family, now.name()), now.name()));
    }
    String at = resolve("relation", now.name());
    Aspect aspect = now.type() == ObjectType.CONSTRAINT ? Aspect.CONSTRAINT : Aspect.COLUMN;
    return new ObjectRef(
        now.type(),
        origins.of("relation", at, now.name()),
        origins.ofPart(part(at, aspect, part), part));
  }

  /** Whether the scripts up to here have made an object that is still there. */
  public boolean isKnown(ObjectType type, ObjectName name) {
    return known.contains(key(family(type), resolve(family(type), name)));
  }

  /** Whether a type got its name in this script, and a new type has the name that it had: it was replaced. */
  public boolean isReplacedType(ObjectName type) {
    String before = renamedTypes.get(resolve("type", type));
    return before != null && fresh.contains(key("type", before));
  }

  /** Whether this transaction has emptied a table, and not filled it since. */
  public boolean isEmptied(ObjectName table) {
    return transaction.isEmptied(resolve("relation", table));
  }

  /** Whether this transaction has truncated a table, and not filled it since: reading and writing it anew takes no time. */
  public boolean isTruncated(ObjectName table) {
    return transaction.isTruncated(resolve("relation", table));
  }

  /** Whether this transaction has added a label to an enum. */
  public boolean hasNewLabel(String label) {
    return transaction.hasNewLabel(label);
  }

  /** The table of an index that the scripts have made; {@code null} when they have not. */
  public @Nullable ObjectName tableOf(ObjectName index) {
    String table = tablesOfIndexes.get(resolve("relation", index));
    return table == null ? null : name(table);
  }

  /** Whether two names mean the same relation. */
  public boolean isSame(ObjectName one, ObjectName other) {
    return resolve("relation", one).equals(resolve("relation", other));
  }

  /** One spelling for all names of a relation, {@code schema.name}. */
  public String spelled(ObjectName relation) {
    return resolve("relation", relation).replace('\0', '.');
  }

  void make(ObjectType type, ObjectName name, Certainty certainty) {
    String at = creation(family(type), name);
    make(key(family(type), at), certainty);
    known.add(key(family(type), at));
    origins.forget(family(type), at);
  }

  void make(ObjectName table, Aspect aspect, String name, Certainty certainty) {
    make(part(resolve("relation", table), aspect, name), certainty);
  }

  void make(ObjectName table, Aspect aspect, String name) {
    make(table, aspect, name, Certainty.CERTAIN);
  }

  private void make(String key, Certainty certainty) {
    fresh.add(key);
    if (certainty == Certainty.PERHAPS) {
      perhaps.add(key);
    } else {
      perhaps.remove(key);
    }
  }

  void makeTable(ObjectName name, KnownTable table, Certainty certainty) {
    make(ObjectType.TABLE, name, certainty);
    tables.put(creation("relation", name), table);
  }

  void makeIndex(ObjectName name, ObjectName table, KnownIndex index) {
    String of = resolve("relation", table);
    ObjectName full = new ObjectName(name(of).schema(), name.name(), name.offset());
    make(ObjectType.INDEX, full, Certainty.CERTAIN);
    tablesOfIndexes.put(creation("relation", full), of);
    tableOrEmpty(table).indexes().put(name.name(), index);
  }

  void drop(ObjectType type, ObjectName name) {
    String at = resolve(family(type), name);
    fresh.remove(key(family(type), at));
    known.remove(key(family(type), at));
    origins.forget(family(type), at);
    if (family(type).equals("relation")) {
      KnownTable dropped = tables.remove(at);
      if (dropped != null) {
        dropped.goes();
      }
      String table = tablesOfIndexes.remove(at);
      KnownTable owner = table == null ? null : tables.get(table);
      if (owner != null) {
        owner.indexes().remove(name.name());
      }
    }
  }

  void move(ObjectType type, ObjectName from, String schema, String name) {
    String family = family(type);
    String at = resolve(family, from);
    String to = (schema.isEmpty() ? name(at).schema() : schema) + "\0"
        + (name.isEmpty() ? name(at).name() : name);
    if (family.equals("type")) {
      renamedTypes.put(to, at);
    }
    if (isMade(key(family, at))) {
      origins.forget(family, to);
    } else {
      origins.move(family, at, to, from);
    }
    rename(key(family, at), key(family, to));
    if (known.remove(key(family, at))) {
      known.add(key(family, to));
    }
    if (type == ObjectType.SCHEMA) {
      origins.moveSchema(from.name(), name);
      // What the run has made in it the database does not have under its old name either.
      List.of("relation", "routine", "type")
          .forEach(each -> fresh.removeIf(key -> key.startsWith(key(each, from.name() + "\0"))));
    }
    if (family.equals("relation")) {
      KnownTable.rename(tables, at, to);
      KnownTable.rename(tablesOfIndexes, at, to);
      tablesOfIndexes.replaceAll((index, table) -> table.equals(at) ? to : table);
      for (Aspect aspect : Aspect.values()) {
        String prefix = part(at, aspect, "");
        fresh.stream()
            .filter(key -> key.startsWith(prefix))
            .toList()
            .forEach(key -> rename(key, part(to, aspect, key.substring(prefix.length()))));
        origins.rekey(prefix, part(to, aspect, ""));
      }
    }
  }

  /** A part of a table has another name. */
  void move(ObjectName table, Aspect aspect, String from, String to) {
    String at = resolve("relation", table);
    String before = part(at, aspect, from);
    String now = part(at, aspect, to);
    if (isMade(before)) {
      origins.forgetPart(now);
    } else {
      origins.movePart(before, now, from);
    }
    rename(before, now);
  }

  /** What the run has made is called otherwise; what it has not is not taken for what had the name. */
  private void rename(String before, String now) {
    perhaps.remove(now);
    fresh.remove(now);
    if (perhaps.remove(before)) {
      perhaps.add(now);
    }
    if (fresh.remove(before)) {
      fresh.add(now);
    }
  }

  void addLabel(ObjectName type, String label) {
    if (!isNew(ObjectType.TYPE, type)) {
      transaction.addLabel(label);
    }
  }

  void truncate(ObjectName table) {
    transaction.truncate(resolve("relation", table));
  }

  void deleteAll(ObjectName table) {
    transaction.deleteAll(resolve("relation", table));
  }

  void fill(ObjectName table) {
    transaction.fill(resolve("relation", table));
  }

  void fillAny() {
    transaction.fillAny();
  }

  void endTransaction() {
    transaction.end();
  }

  private String resolve(String family, ObjectName name) {
    if (name.schema() != null || !isInSchemas(family)) {
      return creation(family, name);
    }
    for (String schema : searchPath) {
      String at = schema + "\0" + name.name();
      if (known.contains(key(family, at))
          || origins.knows(family, at)
          || family.equals("relation") && tables.containsKey(at)) {
        return at;
      }
    }
    return creation(family, name);
  }

  private String creation(String family, ObjectName name) {
    String schema =
        !isInSchemas(family) ? "" : name.schema() == null ? searchPath.get(0) : name.schema();
    return schema + "\0" + name.name();
  }

  private static boolean isInSchemas(String family) {
    return !family.equals(ObjectType.SCHEMA.toString())
        && !family.equals(ObjectType.EXTENSION.toString());
  }

  private static ObjectName name(String at) {
    int end = at.indexOf('\0');
    return new ObjectName(at.substring(0, end), at.substring(end + 1), 0);
  }

  private static String part(String table, Aspect aspect, String name) {
    return key(aspect.name(), table + "\0" + name);
  }

  private static String key(String family, String at) {
    return family + "\0" + at;
  }

  /** Kinds that share their names are one family (PostgreSQL manual, 5.10). */
  private static String family(ObjectType type) {
    return switch (type) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW, INDEX, SEQUENCE -> "relation";
      case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> "routine";
      case TYPE, DOMAIN -> "type";
      default -> type.toString();
    };
  }
}
