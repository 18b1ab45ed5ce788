package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.ObjectName;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that things had before the run which it has renamed or moved: under these the database has them still. */
final class Origins {

  /** By family and present place. */
  private final Map<String, ObjectName> objects = new HashMap<>();

  private final Map<String, String> schemas = new HashMap<>();

  /** By table and kind, and present name. */
  private final Map<String, String> parts = new HashMap<>();

  void clear() {
    objects.clear();
    schemas.clear();
    parts.clear();
  }

  /** Something has another name; it keeps the one that it had first. */
  void move(String family, String at, String to, ObjectName before) {
    ObjectName known = find(family, at);
    objects.remove(key(family, at));
    objects.put(key(family, to), known == null ? inSchema(before) : known);
  }

  void moveSchema(String from, String to) {
    String before = schemas.getOrDefault(from, from);
    schemas.remove(from);
    schemas.put(to, before);
  }

  void movePart(String from, String to, String name) {
    String before = parts.remove(from);
    parts.put(to, before == null ? name : before);
  }

  /** It is gone, so what gets its name is another one. */
  void forget(String family, String at) {
    objects.remove(key(family, at));
  }

  void forgetPart(String at) {
    parts.remove(at);
  }

  /** All parts of a table that has another name. */
  void rekey(String prefix, String now) {
    for (String key :
        parts.keySet().stream().filter(key -> key.startsWith(prefix)).toList()) {
      String name = parts.remove(key);
      if (name != null) {
        parts.put(now + key.substring(prefix.length()), name);
      }
    }
  }

  /** The name before the run of what has this one now. */
  ObjectName of(String family, String at, ObjectName name) {
    ObjectName known = find(family, at);
    return known == null ? inSchema(name) : known;
  }

  String ofSchema(String name) {
    return schemas.getOrDefault(name, name);
  }

  String ofPart(String at, String name) {
    return parts.getOrDefault(at, name);
  }

  boolean knows(String family, String at) {
    return objects.containsKey(key(family, at));
  }

  private @Nullable ObjectName find(String family, String at) {
    ObjectName here = objects.get(key(family, at));
    if (here != null) {
      return here;
    }
    // It may have been renamed before its schema was.
    int end = at.indexOf('\0');
    String schema = schemas.get(at.substring(0, end));
    return schema == null ? null : objects.get(key(family, schema + at.substring(end)));
  }

  private ObjectName inSchema(ObjectName name) {
    return name.schema() == null
        ? name
        : new ObjectName(ofSchema(name.schema()), name.name(), name.offset());
  }

  private static String key(String family, String at) {
    return family + "\0" + at;
  }
}
