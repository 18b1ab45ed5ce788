package dev.migrator;

import static dev.migrator.Coded.execute;
import static dev.migrator.Coded.run;
import static dev.migrator.Coded.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.migrator.config.Connections;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.PgBouncer.PoolMode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.LoggerFactory;

/** A real PgBouncer between the engine and the server, with the driver's default settings. */
@PostgresTest
@RequiresProgram("pgbouncer")
@Timeout(120)
class PoolerTest {

  private static final String LOCK =
      "select pg_advisory_lock(" + LockKey.of("public.schema_migrations").value() + ")";

  /** What the server's one session in the pool has, seen by whoever gets it next. */
  private static final String STATE = """
      select 'setting ' || name || '=' || setting from pg_settings
       where name in ('search_path', 'work_mem', 'lock_timeout', 'statement_timeout', 'role', 'session_authorization',
                      'standard_conforming_strings', 'TimeZone', 'tcp_keepalives_idle', 'client_connection_check_interval',
                      'row_security')
      union all select 'prepared ' || name from pg_prepared_statements where from_sql
      union all select 'cursor ' || name from pg_cursors where is_holdable
      union all select 'listen ' || c from pg_listening_channels() c
      union all select 'temp ' || relname from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'r'
      union all select 'lock ' || objid from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()
      union all select 'prefixed ' || current_setting('app.tenant', true) where current_setting('app.tenant', true) <> ''
      order by 1
      """;

  private static final String LEAKS =
      "set search_path = pg_catalog; set work_mem = '3MB'; select set_config('lock_timeout', '5s', false);\n"
          + "create temporary table scratch (a int); prepare p as select 1; listen news; set app.tenant = 'x';\n"
          + "declare c cursor with hold for select 1; select pg_advisory_lock(42); select pg_advisory_lock(42);\n"
          + "set role pg_monitor;";

  @TempDir
  Path path;

  @Test
  void sixteenInstancesThroughThreeServerSessionsApplyEachMigrationOnce(TestDatabase database)
      throws Exception {
    MigrationFolder folder =
        new MigrationFolder(path).script("000_runs.sql", "create table runs (n int);");
    for (int i = 1; i <= 30; i++) {
      folder.script(
          "%03d_t.sql".formatted(i),
          (i % 3 == 0 ? "set search_path = public; set statement_timeout = '1min';" : "")
              + "create table t%d (); insert into runs values (%d);".formatted(i, i));
    }
    int applied;
    try (PgBouncer pooler = PgBouncer.pooling(database, 3)) {
      applied = atOnce(16, i -> folder.builder(pooler.dataSource()));
      assertThat(
              database.value(
                  "select count(*) from pg_stat_activity where datname = current_database()"
                      + " and (backend_xmin is not null or state <> 'idle') and pid <> pg_backend_pid()"))
          .isEqualTo("0");
    }
    assertThat(applied).isEqualTo(31);
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo("30 30");
    assertThat(database.value("select string_agg(version, ' ' order by applied_rank) from"
            + " schema_migrations where status = 'completed'"))
        .isEqualTo(
            database.value(
                "select string_agg(to_char(n, 'FM000'), ' ' order by n) from generate_series(0, 30) n"));
    assertThat(database.value("select count(distinct applied_rank) from schema_migrations"))
        .isEqualTo("31");
    assertThat(
            database.value(
                "select count(*) || ' ' || count(distinct version) from migration_history where status = 'success'"))
        .isEqualTo("31 31");
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TransactionMode.class)
  void whatScriptsLeaveInTheSessionDoesNotReachTheNextClient(
      TransactionMode mode, TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_leaks.sql", LEAKS)
        .script("03_b.sql", "create table b as select current_setting('search_path') s;");
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      List<String> before = ask(pooler, STATE);
      MigrationReport report =
          folder.builder(pooler.dataSource()).transactionMode(mode).build().migrate();
      assertThat(ask(pooler, STATE)).isEqualTo(before);
      assertThat(report.notes())
          .singleElement()
          .asString()
          .contains(
              "temporary table scratch",
              "prepared statement p",
              "LISTEN news",
              "cursor c",
              "advisory lock");
      if (mode == TransactionMode.PER_MIGRATION) {
        assertThat(report.steps().get(1).leaked())
            .contains("search_path", "work_mem", "lock_timeout", "role", "app.tenant");
      }
    }
    assertThat(database.value("select s from b")).isEqualTo("\"$user\", public");
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(TransactionMode.class)
  void neitherDoesWhatAFailedScriptLeaves(TransactionMode mode, TestDatabase database)
      throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", LEAKS + "select 1/0;");
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      List<String> before = ask(pooler, STATE);
      assertThatThrownBy(() ->
              folder.builder(pooler.dataSource()).transactionMode(mode).build().migrate())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.MIGRATION_FAILED))
          .hasMessageContaining("02_b.sql:4")
          .hasMessageContaining("division by zero");
      assertThat(ask(pooler, STATE)).isEqualTo(before);
    }
    assertThat(database.advisoryLocks()).isEmpty();
    assertThat(database.query("select version, status from schema_migrations order by version"))
        .contains(List.of("02", "failed"));
    assertThat(database.value("select count(*) from migration_history where status = 'failed'"))
        .isEqualTo("1");
  }

  @Test
  void aDirectiveDoesNotReachTheNextClientEither(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "-- migrator: lock-timeout=7s\ncreate table a ();")
        .script("02_b.sql", "create table b ();");
    try (PgBouncer pooler = PgBouncer.start(database, PoolMode.TRANSACTION, 1)) {
      ask(pooler, "select set_config('lock_timeout', '11s', false)");
      List<String> before = ask(pooler, STATE);
      assertThat(before).contains("setting lock_timeout=11000");
      folder
          .builder(pooler.dataSource())
          .transactionMode(TransactionMode.SINGLE)
          .build()
          .migrate();
      assertThat(ask(pooler, STATE)).isEqualTo(before);
    }
  }

  @Test
  void instancesThatTakeOverATableAtOnceTakeItOverOnce(TestDatabase database) throws Exception {
    database.execute("create table schema_migrations (version text primary key, name text,"
        + " applied_at timestamptz default now(), checksum text, execution_time_ms integer,"
        + " status text, error_message text, applied_by text);"
        + "insert into schema_migrations (version, name, status) values ('01', 'a', 'completed')");
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    for (int i = 2; i <= 9; i++) {
      folder.script("0" + i + "_t.sql", "create table t" + i + " ();");
    }
    int applied;
    try (PgBouncer pooler = PgBouncer.pooling(database, 3)) {
      applied = atOnce(8, i -> folder.builder(pooler.dataSource()));
    }
    assertThat(applied).isEqualTo(8);
    assertThat(database.value("select obj_description('schema_migrations'::regclass)"))
        .isEqualTo("migrator 1.0");
    assertThat(database.value(
            "select count(*) from migration_history where status = 'success' and action = 'apply'"))
        .isEqualTo("8");
  }

  @Test
  void whoLosesARaceLooksAgainAndGoesOn(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b ();")
        .script("03_c.sql", "create table c ();")
        .script("04_d.sql", "create table d ();");
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      MigrationEngine other = folder.builder(pooler.dataSource()).build();
      MigrationReport report = folder
          .builder(pooler.dataSource())
          .listener(event -> {
            if (event instanceof MigrationEvent.MigrationStarted started
                && started.migration().id().equals("02")
                && database.value("select to_regclass('b')").equals("NULL")) {
              assertThat(other.migrate(MigrationTarget.upTo("03")).migrations())
                  .extracting(m -> m.id())
                  .containsExactly("02", "03");
            }
          })
          .build()
          .migrate();
      assertThat(report.migrations()).extracting(m -> m.id()).containsExactly("01", "04");
    }
    assertThat(database.query(
            "select version, status, applied_rank from schema_migrations order by applied_rank"))
        .containsExactly(
            List.of("01", "completed", "1"),
            List.of("02", "completed", "2"),
            List.of("03", "completed", "3"),
            List.of("04", "completed", "4"));
    assertThat(database.value("select count(*) from migration_history")).isEqualTo("4");
  }

  @Test
  void anInstanceWithADirectConnectionKeepsItOutAndIsNamed(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      try (Connection holder = database.dataSource().getConnection();
          Statement statement = holder.createStatement()) {
        statement.execute("set application_name = 'the direct one'");
        statement.execute(LOCK);
        assertThatThrownBy(() -> folder
                .builder(pooler.dataSource())
                .lockWait(Duration.ofMillis(200))
                .build()
                .migrate())
            .isInstanceOfSatisfying(
                MigrationException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.LOCK_TIMEOUT))
            .hasMessageContaining("application 'the direct one'");
      }
      assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
      assertThat(folder.builder(pooler.dataSource()).build().migrate().migrations())
          .hasSize(1);
    }
  }

  @Test
  void aMigrationWithoutATransactionIsRefusedBeforeAnythingRuns(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (i int);")
        .script("02_b.sql", "select 1;\ncreate index concurrently a_i on a (i);");
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      assertThatThrownBy(() -> folder.builder(pooler.dataSource()).build().migrate())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_UNUSABLE))
          .hasMessageContaining("02 b cannot run through a connection pooler")
          .hasMessageContaining("02_b.sql:2")
          .hasMessageContaining("connections(Connections.to(")
          .hasMessageContaining("--url");
      JavaMigration code = sql("03", "select 1").withoutTransaction();
      assertThatThrownBy(() -> folder
              .without("02_b.sql")
              .builder(pooler.dataSource())
              .javaMigrations(List.of(code))
              .build()
              .migrate())
          .hasMessageContaining("03 coded cannot run through a connection pooler");
    }
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void aDirectAddressBesideTheDataSourceIsUsedForWhatTakesTheLock(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table a as select pg_backend_pid() p, application_name n"
                + " from pg_stat_activity where pid = pg_backend_pid();")
        .script("02_b.sql", "create index concurrently a_p on a (p);");
    PGSimpleDataSource address = database.dataSource();
    Connections direct = Connections.to("postgresql://" + address.getServerNames()[0] + ":"
            + address.getPortNumbers()[0] + "/" + database.name() + "?application_name=direct")
        .withUser(database.user())
        .withPassword(database.password());
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      MigrationEngine engine =
          folder.builder(pooler.dataSource()).connections(direct).build();
      assertThat(engine.migrate().migrations()).hasSize(2);
      assertThat(engine.migrate().steps()).isEmpty();
      assertThat(database.value("select n from a")).isEqualTo("direct");
      assertThat(
              database.value("select indisvalid from pg_index where indexrelid = 'a_p'::regclass"))
          .isEqualTo("t");
    }
  }

  @Test
  void aDirectAddressThatLeadsElsewhereIsRefused(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    TestDatabase elsewhere = database.sibling();
    Connections direct = Connections.to(elsewhere.jdbcUrl())
        .withUser(database.user())
        .withPassword(database.password());
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      assertThatThrownBy(() ->
              folder.builder(pooler.dataSource()).connections(direct).build().migrate())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID))
          .hasMessageContaining("in database " + database.name())
          .hasMessageContaining("in database " + elsewhere.name());
    }
    assertThat(elsewhere.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @ParameterizedTest
  @EnumSource(
      value = PoolMode.class,
      names = {"SESSION", "TRANSACTION"})
  void everyOperationWorksHoweverItPools(PoolMode mode, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("02_a.sql", "create table a (i int);")
        .script("02_a_rollback.sql", "set work_mem = '3MB'; drop table a;")
        .script(
            "03_copy.sql",
            "create table c (i int, t text);\ncopy c from stdin;\n1\tone\n2\ttwo\n\\.\nnotify news, 'copied';\n")
        .script("03_copy_rollback.sql", "drop table c;")
        .script("04_serial_rollback.sql", "drop table s;")
        .script(
            "04_serial.sql",
            "begin isolation level serializable; create table s as select current_setting('transaction_isolation') i; commit;");
    try (PgBouncer pooler = PgBouncer.start(database, mode, 1)) {
      MigrationEngineBuilder builder = folder.builder(pooler.dataSource());
      MigrationEngine engine = builder.build();
      assertThat(engine.baseline("1").steps()).hasSize(1);
      assertThat(engine.baseline("1").steps()).isEmpty();
      assertThat(engine.migrate().migrations())
          .extracting(m -> m.id())
          .containsExactly("02", "03", "04");
      assertThat(engine.migrate().steps()).isEmpty();
      assertThat(database.value("select string_agg(t, ' ' order by i) from c"))
          .isEqualTo("one two");
      assertThat(database.value("select i from s")).isEqualTo("serializable");
      folder.script("03_copy.sql", "truncate c;");
      assertThat(engine.repair().steps()).hasSize(1);
      assertThat(engine.reapply("3").migrations()).hasSize(1);
      assertThat(database.value("select count(*) from c")).isEqualTo("0");
      MigrationReport rolledBack = engine.rollback(RollbackTarget.steps(3));
      assertThat(rolledBack.migrations()).extracting(m -> m.id()).containsExactly("04", "03", "02");
      assertThat(rolledBack.steps().get(2).leaked()).containsExactly("work_mem");
      assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
    }
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void codeLeavesNothingInThePoolEither(TestDatabase database) throws Exception {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "create table a ();");
    Coded leaking = sql(
        "02",
        "set work_mem = '3MB'",
        "prepare p as select 1",
        "listen news",
        "select pg_advisory_lock(42)");
    Coded failing = new Coded("03", connection -> {
      run("set role pg_monitor", "prepare q as select 1", "select pg_advisory_lock(43)")
          .run(connection);
      execute(connection, "select 1/0");
    });
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      List<String> before = ask(pooler, STATE);
      MigrationReport report = folder
          .builder(pooler.dataSource())
          .javaMigrations(List.of(leaking))
          .build()
          .migrate();
      assertThat(report.steps().get(1).leaked())
          .containsExactlyInAnyOrder(
              "work_mem", "prepared statement p", "LISTEN news", "advisory lock");
      assertThat(ask(pooler, STATE)).isEqualTo(before);
      assertThatThrownBy(() -> folder
              .builder(pooler.dataSource())
              .javaMigrations(List.of(leaking, failing))
              .build()
              .migrate())
          .isInstanceOfSatisfying(
              MigrationException.class,
              e -> assertThat(e.code()).isEqualTo(FailureCode.MIGRATION_FAILED))
          .hasMessageContaining("division by zero");
      assertThat(ask(pooler, STATE)).isEqualTo(before);
    }
    assertThat(database.query("select version, status from get_migration_status()"))
        .containsExactly(
            List.of("01", "completed"), List.of("02", "completed"), List.of("03", "failed"));
  }

  @Test
  void aRunGoesOnWhenTheServersSessionIsLost(TestDatabase database) throws Exception {
    database.execute("create sequence cuts");
    String cutOnce = """
        do $$ begin
          if nextval('cuts') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
        end $$;
        """;
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (n int);")
        .script("02_b.sql", "insert into a values (2); set work_mem = '3MB';" + cutOnce)
        .script("03_c.sql", "insert into a values (3);");
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      List<String> before = ask(pooler, STATE);
      assertThat(folder.builder(pooler.dataSource()).build().migrate().migrations())
          .extracting(m -> m.id())
          .containsExactly("01", "02", "03");
      assertThat(ask(pooler, STATE)).isEqualTo(before);
    }
    assertThat(database.value("select string_agg(n::text, ' ' order by n) from a"))
        .isEqualTo("2 3");
    assertThat(database.value("select count(*) from migration_history")).isEqualTo("3");
  }

  @Test
  void aTransactionThatAllShareIsRunByOneOfMany(TestDatabase database) throws Exception {
    MigrationFolder folder =
        new MigrationFolder(path).script("00_runs.sql", "create table runs (n int);");
    for (int i = 1; i <= 9; i++) {
      folder.script(
          "0" + i + "_t.sql", "set work_mem = '3MB'; insert into runs values (" + i + ");");
    }
    int applied;
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      List<String> before = ask(pooler, STATE);
      applied = atOnce(
          4,
          i -> folder
              .builder(pooler.dataSource())
              .transactionMode(TransactionMode.SINGLE)
              .stepwise(i % 2 == 0));
      assertThat(ask(pooler, STATE)).isEqualTo(before);
    }
    assertThat(applied).isEqualTo(10);
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo("9 9");
    assertThat(database.value("select count(distinct run_id) from migration_history"))
        .isEqualTo("1");
  }

  @Test
  void whoBlocksAMigrationIsNamed(TestDatabase database) throws Exception {
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", "alter table t add column b int;");
    database.execute("create table t (a int)");
    PGSimpleDataSource other = database.dataSource();
    other.setApplicationName("the one in the way");
    List<String> blocked = new CopyOnWriteArrayList<>();
    try (PgBouncer pooler = PgBouncer.pooling(database, 3);
        Connection blocking = other.getConnection()) {
      blocking.setAutoCommit(false);
      execute(blocking, "select * from t");
      folder
          .builder(pooler.dataSource())
          .listener(event -> {
            if (event instanceof MigrationEvent.Blocked names && blocked.isEmpty()) {
              blocked.add(names.toString());
              try {
                blocking.rollback();
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            }
          })
          .build()
          .migrate();
    }
    assertThat(blocked).singleElement().asString().contains("the one in the way");
    assertThat(database.value("select count(*) from migration_history")).isEqualTo("1");
  }

  @Test
  void thatThereIsAPoolerIsSaidOnceAndOnlyWhenSomethingIsPending(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b ();");
    Logger logger = (Logger) LoggerFactory.getLogger(MigrationEngine.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    logger.addAppender(lines);
    Level level = logger.getLevel();
    logger.setLevel(Level.INFO);
    try (PgBouncer pooler = PgBouncer.pooling(database, 2)) {
      MigrationEngine engine = folder.builder(pooler.dataSource()).build();
      engine.migrate();
      engine.migrate();
    } finally {
      logger.setLevel(level);
      logger.detachAppender(lines);
    }
    assertThat(lines.list)
        .filteredOn(line -> line.getLevel().equals(Level.INFO))
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(line -> line.contains("connection pooler"))
        .singleElement()
        .asString()
        .contains("the lock is taken within each transaction", "without a transaction are refused");
  }

  /** The number of steps that instances which boot at once have run together. */
  private static int atOnce(int instances, IntFunction<MigrationEngineBuilder> builders)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(instances);
    try {
      List<Future<MigrationReport>> runs = new ArrayList<>();
      for (int i = 0; i < instances; i++) {
        MigrationEngine engine = builders.apply(i).build();
        runs.add(threads.submit(() -> engine.migrate()));
      }
      int steps = 0;
      for (Future<MigrationReport> run : runs) {
        steps += run.get().steps().size();
      }
      return steps;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> ask(PgBouncer pooler, String sql) throws SQLException {
    try (Connection connection = pooler.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> answer = new ArrayList<>();
      while (rows.next()) {
        answer.add(rows.getString(1));
      }
      return answer;
    }
  }
}
