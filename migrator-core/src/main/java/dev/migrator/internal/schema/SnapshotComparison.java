package dev.migrator.internal.schema;

import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares two snapshots, object by object and attribute by attribute. */
public final class SnapshotComparison {

  private SnapshotComparison() {}

  /**
   * In what they differ. Snapshots of different flavours are compared as the logical one shows them, and so are those of
   * different major versions.
   */
  public static SchemaDiff between(SchemaSnapshot before, SchemaSnapshot after) {
    List<String> notes = new ArrayList<>();
    SchemaSnapshot left = before;
    SchemaSnapshot right = after;
    if (before.serverMajor() != after.serverMajor()) {
      notes.add(
          "PostgreSQL " + before.serverMajor() + " and " + after.serverMajor()
              + " are compared by what queries can notice; what they only spell differently may show as a difference.");
      left = before.logical();
      right = after.logical();
    } else if (before.flavour() != after.flavour()) {
      left = before.logical();
      right = after.logical();
    }
    if (left.flavour() == SchemaFlavour.LOGICAL && before.flavour() != after.flavour()) {
      notes.add(
          "One of the two was taken in the logical flavour, so the order of columns, owners, grants, comments and"
              + " storage are not compared.");
    }
    return new SchemaDiff(left.fingerprint(), right.fingerprint(), changes(left, right), notes);
  }

  private static List<SchemaChange> changes(SchemaSnapshot before, SchemaSnapshot after) {
    Map<String, SchemaObject> earlier = byKey(before);
    Map<String, SchemaObject> later = byKey(after);
    TreeSet<SchemaObject> all = new TreeSet<>(before.objects());
    all.addAll(after.objects());
    List<SchemaChange> changes = new ArrayList<>();
    for (SchemaObject object : all) {
      SchemaObject old = earlier.get(key(object));
      SchemaObject now = later.get(key(object));
      if (old == null) {
        changes.add(new SchemaChange.Added(object));
      } else if (now == null) {
        changes.add(new SchemaChange.Removed(object));
      } else if (!old.attributes().equals(now.attributes())) {
        changes.add(new SchemaChange.Changed(now, attributes(old, now)));
      }
    }
    return changes;
  }

  private static List<AttributeChange> attributes(SchemaObject before, SchemaObject after) {
    TreeSet<String> names = new TreeSet<>(before.attributes().comparator());
    names.addAll(before.attributes().keySet());
    names.addAll(after.attributes().keySet());
    return names.stream()
        .map(name -> new AttributeChange(
            name, before.attributes().get(name), after.attributes().get(name)))
        .filter(change -> change.before() == null || !change.before().equals(change.after()))
        .toList();
  }

  private static Map<String, SchemaObject> byKey(SchemaSnapshot snapshot) {
    Map<String, SchemaObject> objects = new HashMap<>();
    snapshot.objects().forEach(object -> objects.put(key(object), object));
    return objects;
  }

  /** A separator that no identifier can hold. */
  private static String key(SchemaObject object) {
    return object.kind() + "\0" + object.parent() + "\0" + object.name();
  }
}
