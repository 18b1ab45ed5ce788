package dev.migrator.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.render.SchemaDiffText;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestMethodOrder;

/** The golden folder: two schemas each, and in what their snapshots differ. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenSchemasTest {

  private static final Path FOLDER = Path.of("src/test/resources/golden/schema");

  /** Writes every expectation anew from what the reader sees; the difference is then read by a person. */
  private static final boolean REWRITE = Boolean.getBoolean("migrator.golden.rewrite");

  private static final Pattern NEEDS = Pattern.compile("\\A-- needs PostgreSQL (\\d+)\n");

  private static final Pattern ALIAS = Pattern.compile("AS \"([a-z ]+)\"");

  /** What the differences of all cases showed, as {@code kind: attribute}. */
  private static final Set<String> SHOWN = new ConcurrentSkipListSet<>();

  @TestFactory
  @Order(1)
  Stream<DynamicTest> two_schemas_differ_as_the_expectation_says() throws IOException {
    try (Stream<Path> folders = Files.list(FOLDER)) {
      return folders.sorted().toList().stream()
          .map(folder -> DynamicTest.dynamicTest(
              folder.getFileName().toString().replace('-', ' '),
              folder.toUri(),
              () -> check(folder)));
    }
  }

  private static void check(Path folder) throws IOException {
    String before = Files.readString(folder.resolve("before.sql"));
    Matcher needs = NEEDS.matcher(before);
    int server = PostgresServer.shared().version().major();
    int needed = needs.find() ? Integer.parseInt(needs.group(1)) : 0;
    assumeTrue(server >= needed, "needs PostgreSQL " + needed + " or later");
    SchemaSnapshot earlier = snapshot(before);
    SchemaSnapshot later = snapshot(Files.readString(folder.resolve("after.sql")));
    SchemaDiff strict = SnapshotComparison.between(earlier, later);
    SchemaDiff logical = SnapshotComparison.between(earlier.logical(), later.logical());
    remember(strict);

    String actual =
        "Strict\n\n" + SchemaDiffText.of(strict) + "\nLogical\n\n" + SchemaDiffText.of(logical);

    Path expectation = folder.resolve("expected.txt");
    if (REWRITE) {
      Files.writeString(expectation, actual);
    }
    assertThat(expectation)
        .as(
            "write what is expected, or run with -Dmigrator.golden.rewrite=true and read the result")
        .exists();
    assertThat(actual).isEqualTo(Files.readString(expectation));
  }

  private static SchemaSnapshot snapshot(String sql) {
    try (TestDatabase database = PostgresServer.shared().createDatabase()) {
      database.execute(sql);
      try (Session session = Session.open(database.dataSource())) {
        return SnapshotReader.read(session, SnapshotScope.everythingBut(OwnObjects.NONE));
      } finally {
        SameSchemaTest.dropSubscriptions(database);
      }
    }
  }

  private static void remember(SchemaDiff diff) {
    for (SchemaChange change : diff.changes()) {
      SchemaObject object = change.object();
      String kind = object.kind().words();
      if (change instanceof SchemaChange.Changed changed) {
        SHOWN.add(kind + ": changed");
        changed.attributes().forEach(attribute -> SHOWN.add(kind + ": " + attribute.name()));
      } else {
        SHOWN.add(kind + (change instanceof SchemaChange.Added ? ": added" : ": removed"));
        object.attributes().keySet().forEach(name -> SHOWN.add(kind + ": " + name));
      }
    }
  }

  @Test
  @Order(2)
  void every_kind_of_object_is_in_a_case() {
    assertThat(SHOWN)
        .containsAll(Arrays.stream(SchemaObjectKind.values())
            .map(kind -> kind.words() + ": changed")
            .toList());
  }

  /** Those that only newer servers have are asked for where they are. */
  @Test
  @Order(3)
  void every_attribute_is_in_a_case() {
    int major = PostgresServer.shared().version().major();
    Set<String> missing = new TreeSet<>();
    for (CatalogFamily family : CatalogFamily.values()) {
      String sql = CatalogSql.of(family.sql(), major);
      Matcher alias = ALIAS.matcher(sql);
      while (alias.find()) {
        String attribute = alias.group(1);
        List<String> shown =
            SHOWN.stream().filter(entry -> entry.endsWith(": " + attribute)).toList();
        if (shown.isEmpty()) {
          missing.add(family + ": " + attribute);
        }
      }
    }
    assertThat(missing)
        .as("those that need more than a script have tests of their own: SnapshotReaderTest")
        .containsExactly(
            "CONSTRAINTS: tablespace",
            "INDEXES: tablespace",
            "TABLES: detachment",
            "TABLES: tablespace");
  }
}
