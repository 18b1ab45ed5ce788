package dev.migrator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.render.SchemaDiffText;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.LocalServer;
import dev.migrator.testing.PgDump;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.RequiresPgDump;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A schema has one fingerprint however it came to be: by its scripts, as a copy that the server makes of a database, out of a
 * dump, and by the same scripts on another server of the same major version.
 */
@RequiresPgDump
class SameSchemaTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/schema");

  private static final Pattern NEEDS = Pattern.compile("\\A-- needs PostgreSQL (\\d+)\n");

  private static final int TOGETHER = 12;

  private static LocalServer second;

  @BeforeAll
  static void start() {
    second = LocalServer.create("wal_level = logical");
    second.start();
    int major = PostgresServer.shared().version().major();
    try (Session session = Session.open(second.dataSource("postgres"))) {
      long other = session.queryOne(
          Command.of("SELECT current_setting('server_version_num')::integer / 10000"),
          row -> row.number(1));
      assumeTrue(other == major, "needs initdb and postgres " + major + ", not installed here");
    }
  }

  @AfterAll
  static void stop() {
    second.close();
  }

  @Test
  void random_schemas_are_the_same_however_they_were_made() {
    Long given = Long.getLong("migrator.seed");
    LongStream seeds = given != null
        ? LongStream.of(given)
        : new Random().longs(Integer.getInteger("migrator.schemas", 48) / TOGETHER + 1);
    int major = PostgresServer.shared().version().major();

    List<String> different = seeds
        .parallel()
        .mapToObj(seed ->
            different(source -> RandomDatabase.fill(source, major, new Draw(seed), TOGETHER))
                .stream()
                .map(difference -> "-Dmigrator.seed=" + seed + " " + difference))
        .flatMap(found -> found)
        .toList();

    assertThat(different).isEmpty();
  }

  /** What pg_dump cannot write, or a server not restore, is named here with why. */
  @Test
  void the_schemas_of_the_golden_folder_are_the_same_however_they_were_made() throws IOException {
    Map<String, String> different = new ConcurrentSkipListMap<>();
    try (Stream<Path> folders = Files.list(FOLDER)) {
      folders.toList().parallelStream().filter(SameSchemaTest::isMeant).forEach(folder -> {
        List<String> found = different(folder);
        if (!found.isEmpty()) {
          different.put(folder.getFileName().toString(), String.join("\n", found));
        }
      });
    }

    assertThat(different.keySet())
        .as("%s", different)
        .containsExactly(
            // A dump asks for no version of an extension.
            "extension",
            // A language that no extension brought, which the server takes for an extension's.
            "language",
            // A table that was made an extension's by hand, so that no script makes it.
            "supplied-table",
            // Needs such a language.
            "transform");
  }

  private static boolean isMeant(Path folder) {
    Matcher needs = NEEDS.matcher(read(folder.resolve("before.sql")));
    return !needs.find()
        || PostgresServer.shared().version().major() >= Integer.parseInt(needs.group(1));
  }

  private static List<String> different(Path folder) {
    String sql = read(folder.resolve("after.sql"));
    return different(source -> execute(source, sql));
  }

  /** How the schema of what a step makes differs from itself. */
  private static List<String> different(Consumer<PGSimpleDataSource> step) {
    List<String> different = new ArrayList<>();
    PostgresServer server = PostgresServer.shared();
    try (TestDatabase database = server.createDatabase()) {
      step.accept(database.dataSource());
      SchemaSnapshot original = read(database.dataSource());
      TestDatabase restored = database.sibling();
      try {
        if (original.objects().stream().noneMatch(SameSchemaTest::isOfTheServer)) {
          compare("a copy", original, read(database.copy().dataSource()), different);
        }
        PgDump program = PgDump.of(database.serverVersion());
        program.restore(program.schema(database.dataSource()), restored.dataSource());
        compare("restored", original, read(restored.dataSource()), different);
      } catch (IllegalStateException e) {
        different.add(e.getMessage());
      } finally {
        dropSubscriptions(database);
        dropSubscriptions(restored);
      }
      second.createDatabase(database.name());
      PGSimpleDataSource elsewhere = second.dataSource(database.name());
      step.accept(elsewhere);
      compare("on another server", original, read(elsewhere), different);
    }
    return different;
  }

  /** Copies of a database have no subscriptions. */
  private static boolean isOfTheServer(SchemaObject object) {
    return object.kind() == SchemaObjectKind.SUBSCRIPTION;
  }

  private static void compare(
      String how, SchemaSnapshot original, SchemaSnapshot other, List<String> different) {
    if (!original.fingerprint().equals(other.fingerprint())) {
      different.add(how + ":\n" + SchemaDiffText.of(SnapshotComparison.between(original, other)));
    }
  }

  private static SchemaSnapshot read(DataSource source) {
    try (Session session = Session.open(source)) {
      return SnapshotReader.read(session, SnapshotScope.everythingBut(OwnObjects.NONE));
    }
  }

  private static void execute(PGSimpleDataSource source, String sql) {
    RandomDatabase.run(source, List.of(sql));
  }

  /** Subscriptions keep a database from being dropped. */
  static void dropSubscriptions(TestDatabase database) {
    database
        .query(
            "SELECT format('ALTER SUBSCRIPTION %1$I DISABLE; ALTER SUBSCRIPTION %1$I SET (slot_name = NONE);"
                + " DROP SUBSCRIPTION %1$I', subname) FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
                + " WHERE d.datname = current_database()")
        .forEach(row -> Arrays.stream(row.get(0).split(";")).forEach(database::execute));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
