package dev.migrator.benchmark;

import dev.migrator.benchmark.Table.Goal;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.schema.OwnObjects;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.internal.schema.SnapshotScope;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.Programs;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/** Snapshot and fingerprint of a large and of a small schema, beside {@code pg_dump --schema-only} of the same. */
final class Snapshots {

  private static final int MANY = 420;
  private static final int FEW = 8;

  /** What only the server can spell, of everything in the schema. A default names no column. */
  private static final String DEFINITIONS = """
      SELECT pg_catalog.sum(pg_catalog.length(d))
        FROM (SELECT pg_catalog.pg_get_constraintdef(oid)
                FROM pg_catalog.pg_constraint
               WHERE connamespace = 'shop'::regnamespace AND contype <> 'n'
               UNION ALL
              SELECT pg_catalog.pg_get_indexdef(x.indexrelid)
                FROM pg_catalog.pg_index x
                JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
               WHERE c.relnamespace = 'shop'::regnamespace
                 AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u'))
               UNION ALL
              SELECT pg_catalog.pg_get_viewdef(oid)
                FROM pg_catalog.pg_class
               WHERE relnamespace = 'shop'::regnamespace AND relkind = 'v'
               UNION ALL
              SELECT pg_catalog.pg_get_triggerdef(oid) FROM pg_catalog.pg_trigger WHERE NOT tgisinternal
               UNION ALL
              SELECT pg_catalog.pg_get_expr(adbin, 0) FROM pg_catalog.pg_attrdef) AS t (d)
      """;

  private Snapshots() {}

  static void measure(Table results, PostgresServer server) throws Exception {
    Optional<Path> dump = Programs.find("pg_dump");
    int major = dump.isEmpty() ? 0 : major(dump.get());
    if (dump.isEmpty() || major != server.version().major()) {
      System.err.println("Part snapshot is left out: needs a pg_dump of the server's own version "
          + server.version().major() + ", found " + (major == 0 ? "none" : major)
          + "; the version of the embedded server is that of the binaries on the class path");
      return;
    }
    measure(results, server, dump.get(), MANY);
    measure(results, server, dump.get(), FEW);
  }

  private static void measure(Table results, PostgresServer server, Path dump, int tables)
      throws Exception {
    try (TestDatabase database = server.createDatabase()) {
      for (String statement : LargeSchema.statements(tables)) {
        database.execute(statement);
      }
      database.execute("VACUUM ANALYZE");
      try (Session kept = open(database)) {
        int objects = read(kept).objects().size();
        Rounds.Work dumping = () -> dump(dump, database);
        Rounds.Work onNew = () -> {
          try (Session session = open(database)) {
            read(session);
          }
        };
        Rounds.Work onKept = () -> read(kept);
        Rounds.Work definitions = () -> {
          try (Session session = open(database)) {
            session.stepwise(List.of(Command.of("SET jit = off"), Command.of(DEFINITIONS)));
          }
        };
        for (int i = 0; i < 60; i++) {
          onKept.run();
        }
        Map<Rounds.Work, Samples> samples =
            new Rounds<>(List.of(dumping, onNew, onKept, definitions)).measure(15, 31, Rounds::millis);
        double dumped = median(samples, dumping);
        String what = String.format(
            Locale.ROOT, "%,d objects, PostgreSQL %d; pg_dump --schema-only takes %.0f ms: ", objects, server.version().major(), dumped);
        row(results, what + "snapshot and fingerprint on a new connection, ms", median(samples, onNew), dumped, tables == MANY);
        row(results, what + "snapshot and fingerprint on a connection that took one before, ms", median(samples, onKept), dumped, tables == MANY);
        row(results, what + "a new connection and the server's pg_get_... functions alone, ms", median(samples, definitions), dumped, false);
      }
    }
  }

  private static void row(Table results, String what, double millis, double dumped, boolean decides) {
    results.add(
        what,
        Map.of(MigratorContender.NAME, millis),
        decides
            ? new Goal[] {Goal.atMost("H8, times pg_dump,", 0.2, millis / dumped)}
            : new Goal[0]);
  }

  private static double median(Map<Rounds.Work, Samples> samples, Rounds.Work work) {
    return Objects.requireNonNull(samples.get(work)).median();
  }

  private static SchemaSnapshot read(Session session) {
    SchemaSnapshot snapshot =
        SnapshotReader.read(session, SnapshotScope.everythingBut(OwnObjects.NONE));
    if (snapshot.fingerprint().toString().isEmpty()) {
      throw new IllegalStateException();
    }
    return snapshot;
  }

  private static int major(Path dump) throws IOException {
    Process process = new ProcessBuilder(dump.toString(), "--version").start();
    String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    return Integer.parseInt(version.replaceAll("(?s)^\\D*(\\d+).*$", "$1"));
  }

  private static void dump(Path dump, TestDatabase database)
      throws IOException, InterruptedException {
    PGSimpleDataSource address = database.dataSource();
    ProcessBuilder builder = new ProcessBuilder(
        dump.toString(),
        "--schema-only",
        "--file=/dev/null",
        "--host=" + address.getServerNames()[0],
        "--port=" + address.getPortNumbers()[0],
        "--username=" + database.user(),
        "--dbname=" + database.name());
    builder.environment().put("PGPASSWORD", database.password());
    if (builder.inheritIO().start().waitFor() != 0) {
      throw new IllegalStateException("pg_dump failed");
    }
  }

  private static Session open(TestDatabase database) {
    return Session.open(database.dataSource());
  }
}
