package dev.migrator.internal.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Connections;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.LeftoverDatabase;
import dev.migrator.report.OutsideReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Throw-away databases on a server that runs already, which is the one of the tests. */
@PostgresTest
class ScratchDatabaseTest {

  private static final String OLD = "migrator_scratch_20200101t000000_00000001";

  @Test
  void aDatabaseIsEmptyDescribesItselfAndIsDropped(TestDatabase database) {
    String name;
    try (ScratchServer server = server(database)) {
      assertThat(server.sharing()).isEqualTo(Sharing.SHARED);
      assertThat(server.title())
          .contains("/" + database.name() + ", PostgreSQL " + server.majorVersion())
          .doesNotContain("password");
      try (ScratchDatabase scratch = server.create()) {
        name = scratch.name();
        assertThat(name).matches("migrator_scratch_[0-9]{8}t[0-9]{6}_[0-9a-z]{8}");
        assertThat(text(scratch, "SELECT pg_catalog.current_database()")).isEqualTo(name);
        assertThat(text(scratch, "SELECT pg_catalog.getdatabaseencoding()")).isEqualTo("UTF8");
        assertThat(
                text(
                    scratch,
                    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'public'"))
            .isEqualTo("0");
        assertThat(database.value(
                "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = ?",
                name))
            .startsWith("throw-away database of migrator, made at 2")
            .endsWith("Z; dropped when its run ends");
        assertThat(exists(database, name)).isTrue();
      }
      assertThat(exists(database, name)).isFalse();
    }
  }

  @Test
  void aCopyHoldsRowsSequencesAndSettingsAndIsIndependent(TestDatabase database) {
    try (ScratchServer server = server(database);
        ScratchDatabase original = server.create(ScratchDatabaseTest::fill);
        ScratchDatabase copy = original.copy()) {
      assertThat(text(copy, "SELECT string_agg(a::text, ',') FROM t")).isEqualTo("1,2");
      assertThat(text(copy, "SELECT nextval('s')")).isEqualTo("42");
      assertThat(text(copy, "SELECT current_setting('search_path')"))
          .isEqualTo("\"$user\", \"odd \"\"name\", public");
      assertThat(text(copy, "SELECT current_setting('app.tenant')")).isEqualTo("it's one");
      run(copy, "DROP TABLE t");
      assertThat(text(original, "SELECT count(*) FROM t")).isEqualTo("2");
    }
  }

  private static void fill(ScratchDatabase scratch) {
    run(
        scratch,
        "CREATE TABLE t AS SELECT * FROM generate_series(1, 2) AS a",
        "CREATE SEQUENCE s START 42",
        "ALTER DATABASE " + scratch.name()
            + " SET search_path = \"$user\", \"odd \"\"name\", public",
        "ALTER DATABASE " + scratch.name() + " SET app.tenant = 'it''s one'");
  }

  @Test
  void anOriginalInUseIsCopiedAndItsSessionsEnd(TestDatabase database) {
    try (ScratchServer server = server(database);
        ScratchDatabase original = server.create();
        Session inside = original.open()) {
      run(inside, "CREATE TABLE t ()", "BEGIN", "LOCK TABLE t");
      try (ScratchDatabase copy = original.copy()) {
        assertThat(text(copy, "SELECT count(*) FROM t")).isEqualTo("0");
      }
      assertThatThrownBy(() -> run(inside, "SELECT 1")).hasMessageContaining("terminat");
    }
  }

  @Test
  void fourThreadsCopyOneOriginalAtOnce(TestDatabase database) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ScratchServer server = server(database);
        ScratchDatabase original = server.create()) {
      run(original, "CREATE TABLE t ()");
      List<Future<List<String>>> results = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        results.add(threads.submit(() -> {
          List<String> names = new ArrayList<>();
          for (int i = 0; i < 5; i++) {
            try (ScratchDatabase copy = original.copy()) {
              assertThat(text(copy, "SELECT count(*) FROM t")).isEqualTo("0");
              names.add(copy.name());
            }
          }
          return names;
        }));
      }
      List<String> names = new ArrayList<>();
      for (Future<List<String>> result : results) {
        names.addAll(result.get());
      }
      assertThat(names)
          .hasSize(20)
          .doesNotHaveDuplicates()
          .noneMatch(name -> exists(database, name));
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatFailsWhileADatabaseIsFilledIsThrownAndTheDatabaseIsDropped(TestDatabase database) {
    List<String> names = new ArrayList<>();
    try (ScratchServer server = server(database)) {
      assertThatThrownBy(() -> server.create(scratch -> {
            names.add(scratch.name());
            throw new IllegalStateException("half full");
          }))
          .hasMessage("half full")
          .hasNoSuppressedExceptions();
      assertThat(names).hasSize(1).noneMatch(name -> exists(database, name));
    }
  }

  @Test
  void closingTheServerDropsWhatNobodyClosedAndWhatIsInUse(TestDatabase database) {
    List<String> names = new ArrayList<>();
    ScratchServer server = server(database);
    ScratchDatabase first = server.create();
    names.add(first.name());
    names.add(server.create().name());
    try (Session inside = first.open()) {
      run(inside, "BEGIN", "CREATE TABLE t ()");
      server.close();
    }
    assertThat(names).hasSize(2).noneMatch(name -> exists(database, name));
    server.close();
    first.close();
  }

  @Test
  void preparedTransactionsAndSubscriptionsDoNotKeepADatabase(TestDatabase database) {
    try (ScratchServer server = server(database)) {
      ScratchDatabase scratch = server.create();
      run(
          scratch,
          "CREATE SUBSCRIPTION \"a \"\"b\" CONNECTION 'dbname=nowhere' PUBLICATION p WITH (connect = false)");
      run(
          scratch,
          "BEGIN",
          "CREATE TABLE t ()",
          "PREPARE TRANSACTION 'it''s " + scratch.name() + "'");
      scratch.close();
      assertThat(exists(database, scratch.name())).isFalse();
      assertThat(database.value(
              "SELECT count(*) FROM pg_prepared_xacts WHERE database = ?", scratch.name()))
          .isEqualTo("0");
    }
  }

  @Test
  void aDatabaseThatCannotBeDroppedIsNamedWithTheCommandAndTriedAgainInTheEnd(
      TestDatabase database) {
    String name;
    try (ScratchServer server = server(database)) {
      ScratchDatabase scratch = server.create();
      name = scratch.name();
      database.execute("ALTER DATABASE " + scratch.name() + " IS_TEMPLATE true");
      assertThatThrownBy(scratch::close)
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE))
          .hasMessageContaining("cannot drop a template database")
          .hasMessageEndingWith("Next: DROP DATABASE \"" + scratch.name() + "\" WITH (FORCE);");
      database.execute("ALTER DATABASE " + scratch.name() + " IS_TEMPLATE false");
    }
    assertThat(exists(database, name)).isFalse();
  }

  @Test
  void aSuperuserWhoLooksInDelaysTheDrop(TestDatabase database) throws Exception {
    TestRole role = database.createRole("CREATEDB");
    Connections connections =
        Connections.to(database.jdbcUrl()).withUser(role.name()).withPassword(role.password());
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (ScratchServer server = ScratchServer.open(ThrowAwayServer.given(connections))) {
      ScratchDatabase scratch = server.create();
      Future<?> closing;
      try (Session inside =
          Session.open(DriverDataSource.to(connections(database).withDatabase(scratch.name())))) {
        run(inside, "SELECT 1");
        closing = threads.submit(scratch::close);
        Future<?> waiting = closing;
        assertThatThrownBy(() -> waiting.get(1, TimeUnit.SECONDS))
            .isInstanceOf(TimeoutException.class);
      }
      closing.get(20, TimeUnit.SECONDS);
      assertThat(exists(database, scratch.name())).isFalse();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aCopyHasSettingsThatAreEmptyLists(TestDatabase database) {
    try (ScratchServer server = server(database);
        ScratchDatabase original = server.create(scratch -> run(
            scratch,
            "ALTER DATABASE " + scratch.name() + " SET search_path = ''",
            "ALTER DATABASE " + scratch.name() + " SET temp_tablespaces = ''"));
        ScratchDatabase copy = original.copy()) {
      assertThat(text(copy, "SELECT current_setting('search_path')")).isEqualTo("\"\"");
      assertThat(text(copy, "SELECT current_setting('temp_tablespaces')")).isEqualTo("\"\"");
    }
  }

  @Test
  void aRoleThatMayNotCreateDatabasesIsToldTheGrant(TestDatabase database) {
    TestRole role = database.createRole();
    database.execute("ALTER ROLE %s RENAME TO \"odd \"\"%s\"".formatted(role.name(), role.name()));
    database.execute("ALTER ROLE \"odd \"\"%s\" PASSWORD '%s'"
        .formatted(role.name(), role.password().replace("'", "''")));
    Connections connections = Connections.to(database.jdbcUrl())
        .withUser("odd \"" + role.name())
        .withPassword(role.password());
    assertThatThrownBy(() -> ScratchServer.open(ThrowAwayServer.given(connections)))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.PRIVILEGES_MISSING))
        .hasMessageContaining("may not create throw-away databases on the given server")
        .hasMessageEndingWith("Next: ALTER ROLE \"odd \"\"%s\" CREATEDB;".formatted(role.name()));
    database.execute("ALTER ROLE \"odd \"\"%s\" RENAME TO %s".formatted(role.name(), role.name()));
  }

  @Test
  void aRoleThatMayCreateDatabasesAndNothingElseIsEnough(TestDatabase database) {
    TestRole role = database.createRole("CREATEDB");
    TestDatabase odd = database.sibling();
    String oddName = "odd \"%d/é " + odd.name();
    database.execute(
        "ALTER DATABASE %s RENAME TO \"%s\"".formatted(odd.name(), oddName.replace("\"", "\"\"")));
    Connections connections = Connections.to(database.jdbcUrl())
        .withDatabase(oddName)
        .withUser(role.name())
        .withPassword(role.password());
    try (ScratchServer server = ScratchServer.open(ThrowAwayServer.given(connections));
        ScratchDatabase original = server.create(scratch ->
            run(scratch, "ALTER DATABASE " + scratch.name() + " SET work_mem = '1234kB'"));
        Session inside = original.open();
        ScratchDatabase copy = original.copy()) {
      assertThat(text(copy, "SHOW work_mem")).isEqualTo("1234kB");
      assertThatThrownBy(() -> run(inside, "SELECT 1")).isNotNull();
      assertThat(server.leftovers()).isEmpty();
    }
    database.execute(
        "ALTER DATABASE \"%s\" RENAME TO %s".formatted(oddName.replace("\"", "\"\""), odd.name()));
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithoutItsPassword() {
    assertThatThrownBy(() ->
            ScratchServer.open(ThrowAwayServer.of("postgresql://u:secret@localhost:1/nothing")))
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.DATABASE_UNREACHABLE))
        .hasMessageNotContaining("secret");
  }

  @Test
  void leftoversAreOldAndUnusedAndDroppedOnRequestOnly(TestDatabase database) {
    String inUse = "migrator_scratch_20200101t000000_00000002";
    String notOurs = "migrator_scratch_20201399t000000_00000003";
    List<String> made = List.of(OLD, inUse, notOurs, "migrator_scratch_20200101");
    made.forEach(name -> database.execute("CREATE DATABASE " + name + " TEMPLATE template0"));
    try (ScratchServer server = server(database);
        ScratchDatabase young = server.create();
        Session inside =
            Session.open(DriverDataSource.to(connections(database).withDatabase(inUse)))) {
      run(inside, "SELECT 1");
      LeftoverDatabase old = new LeftoverDatabase(OLD, Instant.parse("2020-01-01T00:00:00Z"));
      assertThat(server.leftovers())
          .contains(old)
          .extracting(LeftoverDatabase::name)
          .doesNotContain(inUse, young.name(), "migrator_scratch_20200101");
      assertThat(exists(database, OLD)).isTrue();
      assertThat(server.dropLeftovers()).contains(old);
      assertThat(exists(database, OLD)).isFalse();
      assertThat(exists(database, inUse)).isTrue();
      assertThat(server.leftovers()).doesNotContain(old);
    } finally {
      made.forEach(name -> database.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
    }
  }

  @Test
  void aSharedServerRefusesWhatReachesBeyondTheDatabaseAndGetsNoRoles(TestDatabase database) {
    try (ScratchServer server = server(database)) {
      assertThatThrownBy(() -> server.refuseHarm(Harm.report(Harm.ROLE, Harm.HIDDEN, Harm.PROGRAM)))
          .isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
            assertThat(e.position()).contains(new SourcePosition("0007_roles.sql", 3, 1));
          })
          .hasMessageContaining("0007_roles.sql:3:1: CREATE ROLE reaches roles")
          .hasMessageContaining("0008_load.sql:9:1: COPY reaches programs of the server's machine")
          .hasMessageNotContaining("DO");
      server.refuseHarm(Harm.report(Harm.HIDDEN));
      OutsideReport report = new OutsideReport(
          List.of(), new TreeSet<>(Set.of("nobody has this role")), new TreeSet<>());
      assertThat(server.createMissing(report)).isEmpty();
      assertThat(database.query("SELECT 1 FROM pg_roles WHERE rolname = 'nobody has this role'"))
          .isEmpty();
    }
  }

  private static ScratchServer server(TestDatabase database) {
    return ScratchServer.open(ThrowAwayServer.given(connections(database)));
  }

  private static Connections connections(TestDatabase database) {
    return Connections.to(database.jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password());
  }

  private static boolean exists(TestDatabase database, String name) {
    return !database.query("SELECT 1 FROM pg_database WHERE datname = ?", name).isEmpty();
  }

  private static String text(ScratchDatabase scratch, String query) {
    try (Session session = scratch.open()) {
      return session.queryOne(Command.of(query), row -> row.text(1));
    }
  }

  private static void run(ScratchDatabase scratch, String... commands) {
    try (Session session = scratch.open()) {
      run(session, commands);
    }
  }

  private static void run(Session session, String... commands) {
    for (String command : commands) {
      session.stepwise(List.of(Command.of(command)));
    }
  }
}
