package dev.migrator.internal.schema;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.render.SchemaDiffText;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.PgDump;
import dev.migrator.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A database of random schemas at a moment, in both ways.
 *
 * @param dumps what pg_dump wrote, by schema
 * @param snapshots what the snapshot holds, by schema
 */
record SchemaState(Map<String, String> dumps, Map<String, SchemaSnapshot> snapshots) {

  static SchemaState of(TestDatabase database) {
    return of(database, PgDump.of(database.serverVersion()).schema(database.dataSource()));
  }

  static SchemaState of(TestDatabase database, String dump) {
    return of(snapshot(database), dump);
  }

  static SchemaState of(SchemaSnapshot whole, String dump) {
    Map<String, List<SchemaObject>> objects = new TreeMap<>();
    whole
        .objects()
        .forEach(object -> objects
            .computeIfAbsent(DumpText.schemaOf(object.identity()), schema -> new ArrayList<>())
            .add(object));
    Map<String, SchemaSnapshot> snapshots = new TreeMap<>();
    objects.forEach((schema, some) -> snapshots.put(
        schema, new SchemaSnapshot(SchemaFlavour.STRICT, whole.serverMajor(), List.of(), some)));
    return new SchemaState(DumpText.bySchema(dump), snapshots);
  }

  static SchemaSnapshot snapshot(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      return SnapshotReader.read(session, SnapshotScope.everythingBut(OwnObjects.NONE));
    }
  }

  /** The random schemas, and the empty name for the rest of the database. */
  Set<String> schemas() {
    Set<String> schemas = new TreeSet<>(dumps.keySet());
    schemas.addAll(snapshots.keySet());
    return schemas;
  }

  String dump(String schema) {
    return dumps.getOrDefault(schema, "");
  }

  SchemaFingerprint fingerprint(String schema) {
    return snapshotOf(schema).fingerprint();
  }

  private SchemaSnapshot snapshotOf(String schema) {
    return snapshots.getOrDefault(
        schema, new SchemaSnapshot(SchemaFlavour.STRICT, 0, List.of(), List.of()));
  }

  String difference(String schema, SchemaState other) {
    return SchemaDiffText.of(
        SnapshotComparison.between(snapshotOf(schema), other.snapshotOf(schema)));
  }

  /** The lines that only one of the dumps has. */
  String dumpDifference(String schema, SchemaState other) {
    List<String> left = new ArrayList<>(dump(schema).lines().toList());
    List<String> right = new ArrayList<>(other.dump(schema).lines().toList());
    for (String line : List.copyOf(left)) {
      if (right.remove(line)) {
        left.remove(line);
      }
    }
    return "- " + String.join("\n- ", left) + "\n+ " + String.join("\n+ ", right);
  }
}
