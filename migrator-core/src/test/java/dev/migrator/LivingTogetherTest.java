package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other applications, other releases, other tools and other time zones in the same database. */
@PostgresTest
class LivingTogetherTest {

  @TempDir
  Path path;

  private MigrationFolder folder(String name) {
    try {
      return new MigrationFolder(Files.createDirectories(path.resolve(name)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "version bigint primary key, dirty boolean not null | 7, false | golang-migrate",
        "version varchar(128) primary key | '20240101120000' | dbmate",
        "version character varying not null primary key | '20240101120000' | Rails",
        "version varchar(255) primary key | '20240101120000' | Rails, or an older dbmate",
        "id serial primary key, version_id bigint not null, is_applied boolean not null, tstamp timestamp default now() | 1, 7, true | goose",
        "version bigint primary key, description text, installed_on timestamptz default now(), success boolean, checksum bytea, execution_time bigint | 7, 'a', now(), true, 'x', 1 | sqlx",
        "version varchar(50) primary key, run_on timestamp default now() | '20240101120000' | diesel",
        "version bigint primary key, inserted_at timestamp | 20240101120000, now() | Ecto",
        "filename text primary key | '001_a.rb' | Sequel",
        "version text, name text, applied text | '1', 'a', 'yes' | exists and is not Migrator's (columns: version,name,applied)"
      })
  void anotherToolsTableIsCalledByItsNameAndNeverAltered(
      String columns, String row, String words, TestDatabase database) {
    database.execute("create table schema_migrations (" + columns + ");"
        + "insert into schema_migrations values (" + row + ")");
    String everything = """
        select c.oid::text, c.xmin::text, c.relfilenode::text, obj_description(c.oid), t.*::text, t.xmin::text, t.ctid::text
          from pg_class c, schema_migrations t where c.relnamespace = 'public'::regnamespace
        """;
    List<List<String>> before = database.query(everything);
    MigrationFolder folder = folder("a").script("01_a.sql", "create table a ();");
    MigrationEngine engine = folder.engine(database);
    for (Runnable operation : List.<Runnable>of(
        engine::migrate,
        engine::plan,
        engine::status,
        engine::repair,
        () -> engine.baseline("1"))) {
      assertThatThrownBy(operation::run).isInstanceOfSatisfying(MigrationException.class, e -> {
        assertThat(e.code()).isEqualTo(FailureCode.FOREIGN_TABLE);
        assertThat(e.getMessage()).contains(words, "--table", "never altered");
      });
    }
    assertThat(database.query(everything)).isEqualTo(before);

    MigrationEngineBuilder beside = folder.builder(database.dataSource()).trackingTable("migrator");
    beside.build().baseline("1");
    assertThat(beside.build().migrate().isUpToDate()).isTrue();
    assertThat(database.query("select t.*::text, t.xmin::text from schema_migrations t"))
        .containsExactly(before.get(0).subList(4, 6));
  }

  @Test
  void twoApplicationsMigrateAtTheSameTimeEachInItsSchema(TestDatabase database)
      throws SQLException {
    MigrationEngine orders = application("orders", database);
    MigrationEngine billing = application("billing", database);
    assertThat(orders.migrate().steps()).hasSize(1);
    // The one holds its lock, and the other does not wait for it.
    try (Connection holder = database.dataSource().getConnection()) {
      lock(holder, "orders.schema_migrations");
      assertThat(billing.migrate().steps()).hasSize(1);
    }
    assertThat(database.value("select count(*) from orders.schema_migrations")).isEqualTo("1");
    assertThat(database.value("select count(*) from billing.schema_migrations")).isEqualTo("1");
    assertThat(database.value(
            "select to_regclass('orders.t') is not null and to_regclass('billing.t') is not null"))
        .isEqualTo("t");
    assertThat(orders.migrate().isUpToDate()).isTrue();
    assertThat(billing.migrate().isUpToDate()).isTrue();
  }

  private MigrationEngine application(String name, TestDatabase database) {
    database.execute("create schema " + name);
    return folder(name)
        .script("01_" + name + ".sql", "create table t ();")
        .builder(database.dataSource())
        .trackingSchema(name)
        .searchPath(name)
        .lockWait(Duration.ofMillis(200))
        .build();
  }

  @Test
  void twoApplicationsWithOneTableAreToldApart(TestDatabase database) {
    folder("a").script("01_orders.sql", "select 1;").engine(database).migrate();
    MigrationEngine other = folder("b").script("01_billing.sql", "select 2;").engine(database);
    assertThatThrownBy(other::migrate)
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.FOREIGN_HISTORY));
  }

  @Test
  void aRoleWithASchemaOfItsNameIsAskedWhichHistoryItMeans(TestDatabase database) {
    MigrationFolder folder = folder("a").script("01_a.sql", "create table a ();");
    folder.engine(database).migrate();
    TestRole role = database.createRole();
    database.execute("create schema " + role.name() + " authorization " + role.name()
        + "; grant all on all tables in schema public to " + role.name());
    MigrationEngineBuilder builder = folder.builder(database.dataSource(role));
    assertThatThrownBy(() -> builder.build().migrate())
        .hasMessageContaining(
            "\"public\" to go on with that history, \"" + role.name() + "\" to begin another");
    assertThat(builder.trackingSchema("public").build().migrate().isUpToDate()).isTrue();
    assertThat(folder
            .builder(database.dataSource(role))
            .trackingSchema(role.name())
            .build()
            .migrate()
            .steps())
        .hasSize(1);
    assertThat(database.value("select to_regclass('" + role.name() + ".a') is not null"))
        .isEqualTo("t");
    // Now that it has one of its own, that is the one.
    assertThat(folder.builder(database.dataSource(role)).build().migrate().isUpToDate())
        .isTrue();
    database.execute("drop owned by " + role.name() + " cascade");
  }

  @Test
  void anOlderReleaseStartsOnANewerDatabaseWithoutTheLock(TestDatabase database)
      throws SQLException {
    MigrationFolder older = folder("older").script("01_a.sql", "select 1;");
    MigrationFolder newer =
        folder("newer").script("01_a.sql", "select 1;").script("02_b.sql", "select 2;");
    newer.engine(database).migrate();
    MigrationEngine engine =
        older.builder(database.dataSource()).lockWait(Duration.ofMillis(200)).build();
    try (Connection holder = database.dataSource().getConnection()) {
      lock(holder, "public.schema_migrations");
      assertThat(engine.migrate().future()).extracting(m -> m.id()).containsExactly("02");
    }
    assertThat(engine.validate().isValid()).isTrue();
    // What the older release has and the newer database has not, is late.
    older.script("01.5_patch.sql", "select 15;");
    assertThatThrownBy(engine::migrate).hasMessageContaining("the later version 02 is");
  }

  @Test
  void anOlderReleaseStartsBesideANewerOnesHalfWayMigrationAndChangesNothing(TestDatabase database)
      throws Exception {
    String table = "create table t (a int); insert into t values (1), (1);";
    MigrationEngine older = folder("older")
        .script("01_t.sql", table)
        .builder(database.dataSource())
        .lockWait(Duration.ofMillis(200))
        .build();
    older.migrate();
    MigrationEngine newer = folder("newer")
        .script("01_t.sql", table)
        .script(
            "02_i.sql",
            "create index concurrently t_a on t (a);\ncreate unique index concurrently t_b on t (a);")
        .engine(database);

    // While it is at work, and holds the lock: its first index waits for whoever is reading.
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<MigrationReport> run;
    try (Connection reader = database.dataSource().getConnection()) {
      reader.setAutoCommit(false);
      try (Statement reading = reader.createStatement()) {
        reading.execute("lock table t in row exclusive mode");
      }
      run = threads.submit(() -> newer.migrate());
      while (database
          .query("select 1 from pg_stat_progress_create_index where datname = current_database()")
          .isEmpty()) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      assertThat(database.advisoryLocks()).hasSize(1);
      startsAndChangesNothing(older, database, "running");
      reader.rollback();
    }

    // After it has stopped half-way, while another instance holds the lock.
    assertThatThrownBy(run::get).hasMessageContaining("finished 1 of its 2 statements");
    try (Connection holder = database.dataSource().getConnection()) {
      lock(holder, "public.schema_migrations");
      startsAndChangesNothing(older, database, "failed");
    }
    database.execute("delete from t");
    assertThat(newer.migrate().steps().get(0).remark()).isEqualTo("resumed at statement 2 of 2");
    threads.shutdown();
  }

  private static void startsAndChangesNothing(
      MigrationEngine older, TestDatabase database, String status) {
    String everything = """
        select 'm', m::text, xmin::text from schema_migrations m
         union all select 'h', h::text, xmin::text from migration_history h
         union all select 'j', j::text, xmin::text from migration_journal j
         union all select 'i', indexrelid::regclass::text, xmin::text from pg_index where indrelid = 't'::regclass
         order by 1, 2
        """;
    List<List<String>> before = database.query(everything);
    MigrationReport report = older.migrate();
    assertThat(report.steps()).isEmpty();
    assertThat(report.future()).extracting(m -> m.id()).containsExactly("02");
    assertThat(older.validate().isValid()).isTrue();
    assertThat(database.query(everything)).isEqualTo(before).isNotEmpty();
    assertThat(database.query("select status from schema_migrations where version = '02'"))
        .containsExactly(List.of(status));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Asia/Kathmandu", "America/St_Johns", "UTC"})
  void scriptsAndRecordsAreInTheSameTimeInEveryZone(String zone, TestDatabase database) {
    database.execute("alter database " + database.name() + " set timezone = '" + zone + "'");
    MigrationEngine engine = folder("a")
        .script(
            "01_a.sql",
            "create table a as select current_setting('TimeZone') as zone, timestamptz '2024-06-01 12:00' as noon;")
        .engine(database);
    Instant before = Instant.now().minus(1, ChronoUnit.MINUTES);
    engine.migrate();
    assertThat(database.query("select zone, extract(epoch from noon)::bigint::text from a"))
        .containsExactly(List.of("UTC", "1717243200"));
    assertThat(engine.status().migrations().get(0).appliedAt())
        .isBetween(before, Instant.now().plus(1, ChronoUnit.MINUTES));
  }

  /** As another instance would. */
  private static void lock(Connection connection, String table) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(
        "select pg_advisory_lock(('x' || left(encode(sha256(convert_to('migrator:1:' || ?, 'UTF8')), 'hex'), 16))::bit(64)::bigint)")) {
      statement.setString(1, table);
      statement.execute();
    }
  }
}
