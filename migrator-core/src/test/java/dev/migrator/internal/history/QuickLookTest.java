package dev.migrator.internal.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.jdbc.Session;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the look at every start takes for nothing to do: only rows that are all as expected, in a table of format 1.0. */
@PostgresTest
class QuickLookTest {

  private static final String TABLE = "schema_migrations";

  private final List<String> seen = new ArrayList<>();

  @Test
  void anEmptyDatabaseIsAskedOneQuestionThatIsNoError(TestDatabase database) {
    List<String> statements = new ArrayList<>();
    for (String schema : Arrays.asList(null, "public", "nowhere")) {
      try (Session session = Session.open(noting(database.dataSource(), statements))) {
        assertThat(look(session, schema, "no 'such\\ \"table\"")).isNull();
      }
    }
    assertThat(statements).containsExactly("createStatement", "createStatement", "createStatement");
  }

  @Test
  void completedRowsWithAChecksumOfTodayAreShown(TestDatabase database) {
    install(database);
    insert(database, "01", "completed", "sha256-lf");
    insert(database, "02~é 😀", "completed", "sha256-lf");
    Located located = look(database, null, TABLE);
    assertThat(located)
        .isEqualTo(
            new Located(database.name(), new TrackingNames("public", TABLE), "public", true));
    assertThat(look(database, "public", TABLE)).isEqualTo(located);
    assertThat(seen)
        .containsExactly(
            "01 a versioned sum",
            "02~é 😀 a versioned sum",
            "01 a versioned sum",
            "02~é 😀 a versioned sum");
  }

  @ParameterizedTest
  @CsvSource({
    "pending, sha256-lf",
    "running, sha256-lf",
    "failed, sha256-lf",
    "completed, unknown",
    "completed, explicit",
    "completed, "
  })
  void anyOtherRowIsLeftToTheHistory(
      String status, @Nullable String algorithm, TestDatabase database) {
    install(database);
    insert(database, "01", "completed", "sha256-lf");
    insert(database, "02", status, algorithm);
    assertThat(look(database, null, TABLE)).isNull();
  }

  @Test
  void aTableOfALaterMajorFormatIsRefusedByTheColumnThatItRenames(TestDatabase database) {
    install(database);
    insert(database, "01", "completed", "sha256-lf");
    database.execute("comment on table schema_migrations is 'migrator 2.0'");
    assertThat(look(database, null, TABLE)).isNotNull();
    database.execute("alter table schema_migrations rename checksum_algorithm to algorithm");
    assertThat(look(database, null, TABLE)).isNull();
  }

  @Test
  void aTableThatMayNotBeReadIsLeftToTheHistory(TestDatabase database) {
    install(database);
    insert(database, "01", "completed", "sha256-lf");
    try (Session session = Session.open(database.dataSource(database.createRole()))) {
      assertThat(look(session, null, TABLE)).isNull();
    }
  }

  private @Nullable Located look(TestDatabase database, @Nullable String schema, String table) {
    try (Session session = Session.open(database.dataSource())) {
      return look(session, schema, table);
    }
  }

  private @Nullable Located look(Session session, @Nullable String schema, String table) {
    return QuickLook.unlessOther(
        session,
        schema,
        table,
        (id, name, kind, checksum) ->
            seen.add(String.join(" ", text(id), text(name), text(kind), text(checksum))),
        () -> true);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static void install(TestDatabase database) {
    try (Session session = Session.open(database.dataSource())) {
      History.locate(session, null, TABLE).install(false, List.of(), session::pipeline);
    }
  }

  private static void insert(
      TestDatabase database, String id, String status, @Nullable String algorithm) {
    database.execute(
        "insert into schema_migrations (version, version_key, name, status, checksum, checksum_algorithm) values ('"
            + id + "', '" + id + "', 'a', '" + status + "', 'sum', "
            + (algorithm == null ? "null" : "'" + algorithm + "'") + ")");
  }

  /** A data source whose connections note every statement that is begun. */
  private static DataSource noting(DataSource real, List<String> statements) {
    return proxy(DataSource.class, real, statements);
  }

  private static <T> T proxy(Class<T> type, T real, List<String> statements) {
    return type.cast(Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
          if (method.getName().endsWith("Statement")) {
            statements.add(method.getName());
          }
          Object result = method.invoke(real, arguments);
          return result instanceof Connection connection && method.getName().equals("getConnection")
              ? proxy(Connection.class, connection, statements)
              : result;
        }));
  }
}
