package dev.migrator.verify;

import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** In what two runs of the same script on the same state came out differently, by object and kind of difference. */
final class Vagaries {

  /** What of a name may be a time, a number or a part of a UUID. */
  private static final Pattern MADE_UP = Pattern.compile("[0-9a-f]*[0-9][0-9a-f]*");

  /** What differs within an object of the same name. */
  private final Map<String, Set<String>> attributes = new HashMap<>();
  /** What only one of the runs makes, and no other instead. */
  private final Set<String> existence = new HashSet<>();
  /** What differs within those of names that are made up, by the name without what is made up. */
  private final Map<String, Set<String>> names = new HashMap<>();
  /** Those of names that are made up. */
  private final Set<String> madeUp = new HashSet<>();

  /** Adds in what two runs differ. */
  void learn(SchemaDiff twice) {
    Map<String, Integer> renamed = pairs(twice.changes());
    Map<String, List<SchemaObject>> removed = new HashMap<>();
    twice.changes().stream()
        .filter(SchemaChange.Removed.class::isInstance)
        .map(SchemaChange::object)
        .forEach(object ->
            removed.computeIfAbsent(masked(object), name -> new ArrayList<>()).add(object));
    for (SchemaChange change : twice.changes()) {
      SchemaObject object = change.object();
      String name = masked(object);
      if (renamed.containsKey(name)) {
        madeUp.add(key(object));
        Set<String> within = names.computeIfAbsent(name, other -> new HashSet<>());
        if (change instanceof SchemaChange.Added) {
          removed
              .getOrDefault(name, List.of())
              .forEach(old -> within.addAll(differing(old, object)));
        }
        within.addAll(changed(change));
      } else if (change instanceof SchemaChange.Changed) {
        attributes.computeIfAbsent(key(object), other -> new HashSet<>()).addAll(changed(change));
      } else {
        existence.add(key(object));
      }
    }
  }

  /** Adds what others know. */
  void add(Vagaries others) {
    others.attributes.forEach((key, known) ->
        attributes.computeIfAbsent(key, other -> new HashSet<>()).addAll(known));
    others.names.forEach(
        (name, known) -> names.computeIfAbsent(name, other -> new HashSet<>()).addAll(known));
    existence.addAll(others.existence);
    madeUp.addAll(others.madeUp);
  }

  /** What differs of the others. */
  SchemaDiff without(SchemaDiff diff) {
    Map<String, Integer> renamed = pairs(diff.changes());
    Map<String, Integer> added = new HashMap<>(renamed);
    Map<String, Integer> removed = new HashMap<>(renamed);
    List<SchemaChange> rest = new ArrayList<>();
    for (SchemaChange change : diff.changes()) {
      if (change instanceof SchemaChange.Changed found) {
        List<AttributeChange> left = steady(found);
        if (left.size() == found.attributes().size()) {
          rest.add(found);
        } else if (!left.isEmpty()) {
          rest.add(new SchemaChange.Changed(found.object(), left));
        }
        continue;
      }
      String name = masked(change.object());
      boolean excused = existence.contains(key(change.object()))
          || names.containsKey(name)
              && taken(change instanceof SchemaChange.Added ? added : removed, name);
      if (!excused) {
        rest.add(change);
      }
    }
    return new SchemaDiff(diff.before(), diff.after(), rest, diff.notes());
  }

  private List<AttributeChange> steady(SchemaChange.Changed change) {
    String key = key(change.object());
    Set<String> known = new HashSet<>(attributes.getOrDefault(key, Set.of()));
    if (madeUp.contains(key)) {
      known.addAll(names.getOrDefault(masked(change.object()), Set.of()));
    }
    return change.attributes().stream()
        .filter(attribute -> !known.contains(attribute.name()))
        .toList();
  }

  private static boolean taken(Map<String, Integer> left, String name) {
    int count = left.getOrDefault(name, 0);
    if (count == 0) {
      return false;
    }
    left.put(name, count - 1);
    return true;
  }

  /** How many times one is missing and another is there instead, by the name without what is made up. */
  static Map<String, Integer> pairs(List<SchemaChange> changes) {
    Map<String, Integer> added = new HashMap<>();
    Map<String, Integer> removed = new HashMap<>();
    for (SchemaChange change : changes) {
      if (change instanceof SchemaChange.Added) {
        added.merge(masked(change.object()), 1, Integer::sum);
      } else if (change instanceof SchemaChange.Removed) {
        removed.merge(masked(change.object()), 1, Integer::sum);
      }
    }
    Map<String, Integer> pairs = new HashMap<>();
    added.forEach((name, count) -> {
      int both = Math.min(count, removed.getOrDefault(name, 0));
      if (both > 0) {
        pairs.put(name, both);
      }
    });
    return pairs;
  }

  private static List<String> changed(SchemaChange change) {
    return change instanceof SchemaChange.Changed found
        ? found.attributes().stream().map(AttributeChange::name).toList()
        : List.of();
  }

  private static List<String> differing(SchemaObject one, SchemaObject other) {
    Set<String> all = new HashSet<>(one.attributes().keySet());
    all.addAll(other.attributes().keySet());
    return all.stream()
        .filter(name -> {
          String value = one.attributes().get(name);
          return value == null || !value.equals(other.attributes().get(name));
        })
        .toList();
  }

  static String masked(SchemaObject object) {
    return object.kind() + "\0" + masked(object.parent()) + "\0" + masked(object.name());
  }

  static String masked(String name) {
    return MADE_UP.matcher(name).replaceAll("#");
  }

  private static String key(SchemaObject object) {
    return object.kind() + "\0" + object.parent() + "\0" + object.name();
  }
}
