package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.DryRun;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a dry run must not promise, must not leave behind, and must not hold up. */
@PostgresTest
@Timeout(120)
class DryRunLimitsTest {

  private static final String TABLES = """
      create table parents (id int primary key);
      create table children (parent int references parents deferrable initially deferred, n int);
      create table strict (id int unique deferrable initially immediate);
      """;

  @TempDir
  Path path;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void tables(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path).script("01_base.sql", TABLES);
    folder.engine(database).migrate();
  }

  private DryRunReport inDatabase() {
    return inDatabase(folder.builder(database.dataSource()));
  }

  private static DryRunReport inDatabase(MigrationEngineBuilder builder) {
    return builder.build().dryRun(MigrationTarget.latest(), DryRun.inDatabase());
  }

  private static String failure(DryRunReport report, int migration) {
    return requireNonNull(
            requireNonNull(report.trace()).migrations().get(migration).failure())
        .message();
  }

  @Test
  void whatFailsAtTheCommitFailsInADryRunInTheDatabase() {
    folder
        .script("02_orphan.sql", "insert into children values (7, 1);")
        .script("03_more.sql", "create table more ();");
    DryRunReport report = inDatabase();
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    assertThat(requireNonNull(report.trace()).migrations()).hasSize(1);
    assertThat(failure(report, 0)).contains("02 orphan", "children_parent_fkey");
    assertThat(catchThrowableOfType(
                MigrationException.class, () -> folder.engine(database).migrate())
            .code())
        .isEqualTo(FailureCode.MIGRATION_FAILED);
  }

  @Test
  void eachMigrationOfADryRunInTheDatabaseFindsItsConstraintsAsItsOwnTransactionWould() {
    folder
        .script(
            "02_rows.sql", "insert into children values (7, 1); insert into parents values (7);")
        .script("03_change.sql", "alter table children add note text;")
        .script(
            "04_later.sql", "insert into children values (8, 1); insert into parents values (8);")
        .script("05_twice.sql", "insert into strict values (1); insert into strict values (1);");
    DryRunReport report = inDatabase();
    assertThat(requireNonNull(report.trace()).migrations()).hasSize(4);
    assertThat(failure(report, 3)).contains("05_twice.sql:1:32");
  }

  @Test
  void inOneTransactionConstraintsAreCheckedAtItsEnd() {
    folder
        .script("02_child.sql", "insert into children values (7, 1);")
        .script("03_parent.sql", "insert into parents values (7);");
    MigrationEngineBuilder single =
        folder.builder(database.dataSource()).transactionMode(TransactionMode.SINGLE);
    assertThat(inDatabase(single).failure()).isEmpty();
    assertThat(inDatabase().failure()).contains(FailureCode.MIGRATION_FAILED);
  }

  @Test
  void whatReachesOutsideTheDatabaseIsRefusedInIt() {
    for (String outside : List.of(
        "copy parents to '/tmp/migrator-export.csv';",
        "select pg_reload_conf();",
        "do $$ begin perform dblink_exec('dbname=other', 'drop table t'); end $$;",
        "select lo_export(1, '/tmp/migrator-export.bin');")) {
      folder.script("02_outside.sql", outside);
      MigrationException refused = catchThrowableOfType(MigrationException.class, this::inDatabase);
      assertThat(refused).as(outside).isNotNull();
      assertThat(refused.code()).as(outside).isEqualTo(FailureCode.SCRIPT_REFUSED);
      assertThat(refused).hasMessageContaining("02_outside.sql:1:1");
    }
    folder.script("02_outside.sql", "do $$ begin perform 1; end $$;");
    DryRunReport report = inDatabase();
    assertThat(report.failure()).isEmpty();
    assertThat(report.notes())
        .anyMatch(note -> note.contains("02_outside.sql:1:1: DO runs code that does not tell"));
  }

  @Test
  void theCatalogIsNotReadAroundEveryStatementInTheDatabase() {
    folder.script("02_many.sql", """
        do $$ begin for i in 1..300 loop execute format('create table many_%s ()', i); end loop; end $$;
        """);
    folder.engine(database).migrate();
    folder.script(
        "03_rows.sql",
        "alter table strict add note text;\ninsert into strict values (1, 'x');\n"
            + "update strict set note = 'y';\n".repeat(100) + """
            alter table strict alter note set not null;
            do $$
              declare read bigint := pg_stat_get_xact_tuples_returned('pg_class'::regclass)
                + pg_stat_get_xact_tuples_fetched('pg_class'::regclass);
            begin
              if read > 10000 then raise '% rows of pg_class were read', read; end if;
            end $$;
            """);
    DryRunReport report = inDatabase();
    assertThat(report.failure()).as("%s", report.trace()).isEmpty();
    assertThat(requireNonNull(report.trace())
            .migrations()
            .get(0)
            .statements()
            .get(0)
            .locks())
        .isNotEmpty();
  }

  @Test
  void aDryRunFailsWhereTheRunWouldBeRefused() {
    folder.script("02_drop.sql", "drop table strict;");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .processEnvironment(Map.of())
        .confirmProduction(true)
        .build();
    assertThat(catchThrowableOfType(MigrationException.class, engine::migrate).code())
        .isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
    for (DryRun how : List.of(
        DryRun.on(ThrowAwayDatabases.beside(database)), DryRun.planOnly(), DryRun.inDatabase())) {
      DryRunReport report = engine.dryRun(MigrationTarget.latest(), how);
      assertThat(report.failure()).as("%s", how).contains(FailureCode.DESTRUCTION_BLOCKED);
    }
    folder.script("02_drop.sql", "drop table if exists nothing;");
    assertThat(engine
            .dryRun(MigrationTarget.latest(), DryRun.on(ThrowAwayDatabases.beside(database)))
            .failure())
        .isEmpty();
  }

  @Test
  void aSampleWaitsForNobody() throws SQLException {
    database.execute("insert into parents values (1), (2)");
    folder.script("02_next.sql", "create table next ();");
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table parents in access exclusive mode");
      DryRunReport report = CompletableFuture.supplyAsync(() -> folder
              .engine(database)
              .dryRun(
                  MigrationTarget.latest(),
                  DryRun.on(ThrowAwayDatabases.beside(database)).sampleRows(5)))
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
      assertThat(report.failure()).isEmpty();
      assertThat(report.notes())
          .anyMatch(note -> note.startsWith("No sample of \"public\".\"parents\": "));
    }
  }

  @Test
  void aSampleTellsNoValues() {
    folder.script("02_sealed.sql", "create table sealed (id int, secret text);");
    folder.engine(database).migrate();
    database.execute("insert into sealed values (1, 'hunter2')");
    folder.script("03_next.sql", "create table next ();");
    // The copy is made by scripts, and the database is not as they left it.
    database.execute("alter table sealed alter id type text using 'hunter2'");
    DryRunReport report = folder
        .engine(database)
        .dryRun(
            MigrationTarget.latest(),
            DryRun.on(ThrowAwayDatabases.beside(database)).sampleRows(5));
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("No sample of \"public\".\"sealed\": "));
    assertThat(report.notes().toString()).doesNotContain("hunter2");
  }

  @Test
  void theReplayOfADryRunCanBeCancelled() throws Exception {
    folder.script(
        "02_slow.sql",
        "select case when current_database() like 'migrator\\_%' then pg_sleep(40) end, '"
            + database.name() + "';");
    folder.engine(database).migrate();
    folder.script("03_next.sql", "create table next ();");
    MigrationEngine engine = folder.engine(database);
    CompletableFuture<DryRunReport> running = CompletableFuture.supplyAsync(() ->
        engine.dryRun(MigrationTarget.latest(), DryRun.on(ThrowAwayDatabases.beside(database))));
    while (database
        .value(
            "select count(*) from pg_stat_activity where datname like 'migrator\\_%' and state = 'active' and query like ?",
            "%pg_sleep(40)%" + database.name() + "%")
        .equals("0")) {
      assertThat(running).isNotDone();
      TimeUnit.MILLISECONDS.sleep(100);
    }
    long since = System.nanoTime();
    assertThat(engine.cancel()).isTrue();
    assertThat(running)
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableOfType(ExecutionException.class)
        .withMessageContaining("CANCELLED");
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(25));
  }

  @Test
  @RequiresProgram("pgbouncer")
  void behindAPoolerADryRunInTheDatabaseWaitsForItsTurnAndLeavesNothingInTheSession()
      throws Exception {
    folder.script(
        "02_leak.sql", "create table x (); select pg_advisory_lock(42); prepare p as select 1;");
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      assertThat(inDatabase(folder.builder(pooler.dataSource())).failure()).isEmpty();
      assertThat(database.advisoryLocks()).isEmpty();
    }
  }

  @Test
  void aRefusedDryRunIsNoFailedRun() {
    folder.script("02_index.sql", "create index concurrently on parents (id);");
    List<MigrationEvent> events = new CopyOnWriteArrayList<>();
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> inDatabase(folder.builder(database.dataSource()).listener(events::add)))
            .code())
        .isEqualTo(FailureCode.SCRIPT_REFUSED);
    assertThat(events).noneMatch(event -> event instanceof MigrationEvent.RunFailed);
  }
}
