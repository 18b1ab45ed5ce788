package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** Scenarios in which an engine would apply twice, skip, leak or hang without telling. */
@PostgresTest
@Timeout(60)
class HardCasesTest {

  @TempDir
  Path path;

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void aSelectIsRunToItsLastRow(TwoWaysTest.Way way, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create sequence s; select nextval('s') from generate_series(1, 500);")
        .script("02_b.sql", "select 1 / (3 - x) from generate_series(1, 5) x;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> way.engine(folder, database).migrate());
    assertThat(failure.getMessage()).contains("02_b.sql:1:1", "division by zero");
    assertThat(database.value("select last_value from s")).isEqualTo("500");
  }

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void theFailingOneOfManyStatementsIsFound(TwoWaysTest.Way way, TestDatabase database) {
    for (int bad : new int[] {5, 258, 300, 899}) {
      StringBuilder sql = new StringBuilder("create table t%d (a int unique);\n".formatted(bad));
      for (int line = 2; line <= 900; line++) {
        sql.append(
            line % 3 == 0
                ? "select generate_series(1, 3);\n"
                : line == bad
                    ? "insert into nowhere values (1);\n"
                    : "insert into t%d values (%d);\n".formatted(bad, line));
      }
      MigrationFolder folder = new MigrationFolder(path)
          .script(
              "01_a.sql",
              sql.toString()
                  .replace(
                      "select generate_series(1, 3);\n",
                      bad % 3 == 0
                          ? "select 1 / (a - %d) from t%d;\n".formatted(bad - 1, bad)
                          : "select 1;\n"));
      MigrationException failure = catchThrowableOfType(
          MigrationException.class, () -> way.engine(folder, database).migrate());
      assertThat(failure.position().orElseThrow().line()).isEqualTo(bad);
    }
  }

  @Test
  void aSessionThatLostItsLockDoesNotUndoWhatAnotherRecorded(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select pg_advisory_unlock_all();\n")
        .script("02_b.sql", "create table b ();");
    assertThatThrownBy(() -> folder.engine(database).migrate()).hasMessageContaining("LOCK_LOST");
    database.execute(
        "update schema_migrations set status = 'completed', applied_rank = 2 where version = '01'");
    assertThatThrownBy(() -> folder
            .script("03_c.sql", "select pg_advisory_unlock_all();")
            .engine(database)
            .migrate())
        .hasMessageContaining("LOCK_LOST");
    assertThat(
            database.query(
                "select version, status from schema_migrations where version in ('01', '02') order by 1"))
        .containsExactly(List.of("01", "completed"), List.of("02", "completed"));
  }

  @Test
  void aLockThatIsLostInsideAMigrationUndoesIt(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql", "create table a ();\nselect pg_advisory_unlock_all();\ncreate table b ();");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> folder.engine(database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.LOCK_LOST);
    assertThat(failure.getMessage())
        .contains("the advisory lock is no longer held", "left nothing behind");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
    assertThat(database.value("select count(*) from schema_migrations where status <> 'pending'"))
        .isEqualTo("0");
  }

  @Test
  void whatAnotherSessionRecordedMeanwhileIsNotAppliedOnTop(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script(
            "02_b.sql",
            "create table b ();\nupdate schema_migrations set status = 'completed' where version = '02';");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> folder.engine(database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.LOCK_LOST);
    assertThat(failure.getMessage()).contains("another session has applied 02");
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
  }

  @Test
  void manyNoticesAndALargeDownScriptDoNotBlockEachOther(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "do $$ begin for i in 1..3000 loop raise notice '%', repeat('x', 10000); end loop; end $$;")
        .script("01_a_rollback.sql", "-- " + "y".repeat(30_000_000) + "\nselect 1;");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<MigrationReport> run = threads.submit(() -> folder.engine(database).migrate());
      assertThat(run.get(40, TimeUnit.SECONDS).steps().get(0).notices()).hasSize(3000);
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.value("select length(content) from migration_script"))
        .isEqualTo("30000013");
  }

  @Test
  void aFailedSecondApplicationLeavesTheFirstOne(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "nonsense;");
    MigrationEngine engine = folder.engine(database);
    assertThatThrownBy(engine::migrate).hasMessageContaining("02 b");
    assertThatThrownBy(() -> engine.reapply("01")).hasMessageContaining("already exists");
    assertThatThrownBy(() -> engine.reapply("02"))
        .hasMessageContaining("version 02 is not applied");
    folder.script("02_b.sql", "select 2;");
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("02");
    assertThat(database.query(
            "select version, status, applied_rank from schema_migrations order by 1"))
        .containsExactly(List.of("01", "completed", "1"), List.of("02", "completed", "2"));
  }

  @Test
  void ranksAreNotMixedUpByNamesThatBeginWithDigits(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("1_1st_a.sql", "select 1;")
        .script("1_1st_a_rollback.sql", "select 1;")
        .script("11_st_a.sql", "select 1;")
        .script("11_st_a_rollback.sql", "select 1;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    assertThat(engine.rollback(RollbackTarget.downTo("1")).migrations())
        .extracting(m -> m.id())
        .containsExactly("11");
  }

  @Test
  void aVersionThatIsNoLongerSharedIsNotAppliedAgain(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("3_a.sql", "create table a ();")
        .script("3_a_rollback.sql", "drop table a;")
        .script("3_b.sql", "create table b ();");
    MigrationEngineBuilder builder = folder
        .builder(database.dataSource())
        .duplicateVersions(DuplicateVersionPolicy.RUN_IN_NAME_ORDER)
        .missing(MissingPolicy.TOLERATE);
    builder.build().migrate();
    folder.without("3_b.sql");
    assertThat(builder.build().migrate().isUpToDate()).isTrue();
    assertThat(builder.build().status().migrations())
        .extracting(s -> s.migration().label() + " " + s.state())
        .contains("3 a APPLIED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "do $$ begin raise exception 'dblink says no' using errcode = '08001'; end $$;",
        "select $1;"
      })
  void anErrorOfClass08FromALiveSessionIsTheScriptsOwn(String sql, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", sql);
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> folder.engine(database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure.position()).isPresent();
    assertThat(database.value("select status from schema_migrations")).isEqualTo("failed");
  }

  @Test
  void aBackendThatIsEndedIsALostConnection(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b (); select pg_terminate_backend(pg_backend_pid());");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class, () -> folder.engine(database).migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION_LOST);
    folder.script("02_b.sql", "create table b ();");
    assertThat(folder.engine(database).migrate().migrations())
        .extracting(m -> m.id())
        .containsExactly("02");
  }

  @Test
  void settingsWithAPrefixAreLeaksTooAndAPoolsOwnSurvive(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "set app.tenant = '42'; select set_config('app.user', 'me', false);")
        .script(
            "02_b.sql",
            "create table saw as select current_setting('app.tenant', true) t, current_setting('app.pool', true) p;");
    for (TransactionMode mode : TransactionMode.values()) {
      database.execute("drop table if exists saw");
      PGSimpleDataSource dataSource = database.dataSource();
      try (Connection connection = dataSource.getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("set app.pool = 'mine'");
        MigrationReport report = folder
            .builder(new BorrowedConnectionTest.Lender(connection))
            .trackingTable(mode == TransactionMode.SINGLE ? "single" : "each")
            .transactionMode(mode)
            .build()
            .migrate();
        if (mode == TransactionMode.PER_MIGRATION) {
          assertThat(report.steps().get(0).leaked()).contains("app.tenant", "app.user");
        }
        try (ResultSet rows = statement.executeQuery(
            "select current_setting('app.tenant', true), current_setting('app.user', true), current_setting('app.pool', true)")) {
          rows.next();
          assertThat(rows.getString(1)).isEmpty();
          assertThat(rows.getString(2)).isEmpty();
          assertThat(rows.getString(3)).isEqualTo("mine");
        }
      }
      assertThat(database.query("select coalesce(t, ''), p from saw"))
          .containsExactly(List.of("", "mine"));
    }
  }

  @Test
  void whatATriggerSetsIsNamedAndDoesNotReachTheNextScript(TestDatabase database) {
    database.execute("create schema elsewhere");
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table a (x int); create function f() returns trigger language plpgsql as"
                + " $$ begin perform set_config('search_path', 'elsewhere', false); perform set_config('work_mem', '3MB', false); return new; end $$;"
                + " create trigger t before insert on a for each row execute function f();")
        .script("02_b.sql", "insert into a values (1);")
        .script("03_c.sql", "create table c ();");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(database.value("select to_regclass('public.c')")).isEqualTo("c");
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("The run left session state behind", "work_mem");
  }

  @Test
  void aRoleThatMayNotUndoTheRestIsGivenUpFirst(TestDatabase database) {
    TestRole role = database.createRole();
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "set log_min_messages = 'debug1'; set role " + role.name() + ";")
        .script("02_b.sql", "select 1;");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.steps().get(0).leaked()).contains("log_min_messages", "role");
    assertThat(report.steps()).hasSize(2);
  }

  @Test
  void aLockThatWasTakenThreeTimesIsReleasedThreeTimes(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "select pg_advisory_lock(42), pg_advisory_lock(42), pg_advisory_lock(42);"
                + " create function pg_temp.mine() returns int language sql as 'select 1';");
    try (Connection connection = database.dataSource().getConnection()) {
      MigrationReport report =
          folder.builder(new BorrowedConnectionTest.Lender(connection)).build().migrate();
      assertThat(report.steps().get(0).leaked())
          .contains("advisory lock")
          .anyMatch(leak -> leak.contains("mine()"));
      assertThat(database.advisoryLocks()).isEmpty();
    }
  }

  @Test
  void aConnectionThatHidesItsDriverAndItsTransactionIsRefused(TestDatabase database)
      throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    PGSimpleDataSource dataSource = database.dataSource();
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      MigrationEngine engine = folder
          .builder(TwoWaysTest.Way.hiding(new BorrowedConnectionTest.Lender(connection)))
          .build();
      assertThatThrownBy(engine::migrate)
          .hasMessageContaining("CONNECTION_UNUSABLE")
          .hasMessageContaining("hides its driver");
    }
  }

  @Test
  void theSimpleQueryModeWorksToo(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table a (v int); copy a from stdin;\n1\n\\.\ninsert into a values (2);")
        .script("01_a_rollback.sql", "drop table a;");
    PGSimpleDataSource dataSource = database.dataSource();
    dataSource.setPreferQueryMode(PreferQueryMode.SIMPLE);
    MigrationEngine engine = folder.builder(dataSource).build();
    engine.migrate();
    assertThat(database.value("select sum(v) from a")).isEqualTo("3");
    engine.rollback(RollbackTarget.all());
  }

  @Test
  void noSecretOfAScriptReachesAPlanOrARefusal(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create subscription s connection 'host=h password=topsecret' publication p;");
    assertThat(folder.engine(database).plan().toString())
        .doesNotContain("topsecret")
        .contains("create subscription s connection ...");
    folder.script("01_a.sql", "create role x password 'topsecret' nonsense;");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .satisfies(e -> assertThat(e.toString()).doesNotContain("topsecret"));
    assertThat(database.value("select error_message from schema_migrations"))
        .doesNotContain("topsecret");
  }

  @Test
  void downScriptsAreTheOwnersEvenWhereDefaultPrivilegesSayOtherwise(TestDatabase database) {
    TestRole reader = database.createRole();
    database.execute("alter default privileges grant select on tables to " + reader.name());
    new MigrationFolder(path).script("01_a.sql", "select 1;").engine(database).migrate();
    assertThat(database.value(
            "select has_table_privilege('" + reader.name() + "', 'migration_script', 'select')"))
        .isEqualTo("f");
    assertThat(database.value(
            "select has_table_privilege('" + reader.name() + "', 'schema_migrations', 'select')"))
        .isEqualTo("t");
    database.execute("alter default privileges revoke select on tables from " + reader.name()
        + "; drop owned by " + reader.name());
  }

  @Test
  void linesThatEndWithACarriageReturnAreLines(TestDatabase database) {
    new MigrationFolder(path)
        .script("01_a.sql", "-- header\rcreate table a ();\r-- more\rcreate table b ();\r")
        .engine(database)
        .migrate();
    assertThat(database.value("select to_regclass('a') || ' ' || to_regclass('b')"))
        .isEqualTo("a b");
  }

  @Test
  void whatNobodyCanRunIsRefusedBeforeAnythingRuns(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql", "create table c (i int);\ncopy c from stdin; create table d ();\n1\n\\.\n");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("01_a.sql:2:20")
        .hasMessageContaining("between COPY");
    folder.script("01_a.sql", "begin;\nset transaction isolation level serializable;\ncommit;");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("01_a.sql:2:1")
        .hasMessageContaining("behind BEGIN");
    folder.script("01_a.sql", "select 'a\0b';");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("NUL character");
    folder.script("01_a.sql", "begin isolation level serializable; select 1; commit;");
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .transactionMode(TransactionMode.SINGLE)
            .build()
            .migrate())
        .hasMessageContaining("cannot share one transaction");
    folder.script("2_b.SQL", "select 1;");
    assertThatThrownBy(() -> folder.engine(database).migrate()).hasMessageContaining("2_b.SQL");
    assertThat(database.value("select count(*) from pg_class where relname = 'schema_migrations'"))
        .isEqualTo("0");
  }

  @Test
  void tablesThatCannotBeCreatedAreToldWithTheirReason(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .trackingSchema("nowhere")
            .build()
            .migrate())
        .hasMessageContaining("createTrackingSchema(true)");
    database.execute("create table migration_history (mine int)");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("belongs to somebody else");
    TestRole role = database.createRole();
    database.execute("revoke create on schema public from public");
    assertThatThrownBy(() -> folder
            .builder(database.dataSource(role))
            .trackingTable("other")
            .build()
            .migrate())
        .hasMessageContaining("GRANT CREATE ON SCHEMA \"public\"");
    database.execute("create schema prepared authorization " + role.name());
    folder
        .builder(database.dataSource(role))
        .trackingSchema("prepared")
        .createTrackingSchema(true)
        .build()
        .migrate();
    assertThatThrownBy(() -> MigrationEngine.builder().trackingTable("migration"))
        .hasMessageContaining("belongs to schema_migrations");
    assertThatThrownBy(() -> MigrationEngine.builder().trackingTable("é".repeat(30)))
        .hasMessageContaining("bytes");
  }

  @Test
  void theTrackingTablesMayHaveAnyName(@TempDir Path path, TestDatabase database) {
    String schema = "it's \"a\\b\"";
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .trackingSchema(schema)
        .createTrackingSchema(true)
        .trackingTable("o'clock")
        .build();
    assertThat(engine.migrate().migrations()).hasSize(1);
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query(
            "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
                + " where c.relname like 'o''clock%' and c.relkind = 'r' order by 2 limit 1"))
        .containsExactly(List.of(schema, "o'clock"));
  }
}
