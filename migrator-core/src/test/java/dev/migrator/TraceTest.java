package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.MigrationTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LockMode;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedLock;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedRelation;
import dev.migrator.report.TracedStatement;
import dev.migrator.report.TracedStatement.Manner;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class TraceTest {

  private static final String TABLES = """
      create table customers (id bigint primary key, name varchar(50) not null, note text);
      create table orders (id bigint primary key, customer_id bigint, placed_at timestamptz);
      """;

  @TempDir
  Path path;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void twoTables(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path).script("01_base.sql", TABLES);
  }

  private TraceReport traceAll() {
    return ScriptTracer.of(builder -> builder.locations("filesystem:" + path))
        .trace(ThrowAwayDatabases.beside(database));
  }

  /** What the statements of the last migration did. */
  private List<TracedStatement> last(TraceReport report) {
    TracedMigration migration = report.migrations().get(report.migrations().size() - 1);
    assertThat(migration.failure()).isNull();
    return migration.statements();
  }

  private List<TracedStatement> traced(String sql) {
    folder.script("02_traced.sql", sql);
    return last(traceAll());
  }

  private static Map<String, LockMode> tables(TracedStatement statement) {
    return statement.locks().stream()
        .filter(lock -> lock.relation().kind() == TracedRelation.Kind.TABLE)
        .collect(Collectors.toMap(lock -> lock.relation().name(), TracedLock::mode));
  }

  private static List<String> names(List<TracedRelation> relations) {
    return relations.stream().map(TracedRelation::name).toList();
  }

  private static List<String> scanned(TracedStatement statement) {
    return statement.scans().stream().map(scan -> scan.table().name()).toList();
  }

  @Test
  void aForeignKeyLocksBothTablesAndReadsThem() {
    TracedStatement statement = traced(
            "alter table orders add foreign key (customer_id) references customers (id);")
        .get(0);
    assertThat(tables(statement))
        .containsEntry("public.orders", LockMode.SHARE_ROW_EXCLUSIVE)
        .containsEntry("public.customers", LockMode.SHARE_ROW_EXCLUSIVE)
        .hasSize(2);
    assertThat(scanned(statement)).contains("public.orders");
    assertThat(statement.rewritten()).isEmpty();
    assertThat(statement.manner()).isEqualTo(Manner.INSIDE);
    assertThat(statement.unseen()).isEmpty();
  }

  @Test
  void aForeignKeyThatIsNotValidatedReadsNothing() {
    TracedStatement statement = traced(
            "alter table orders add foreign key (customer_id) references customers (id) not valid;")
        .get(0);
    assertThat(tables(statement)).hasSize(2);
    assertThat(statement.scans()).isEmpty();
  }

  @Test
  void aWiderVarcharRewritesNothingAndANarrowerOneTheTableWithItsIndexes() {
    List<TracedStatement> statements = traced("""
        alter table customers alter name type varchar(80);
        alter table customers alter name type varchar(40);
        """);
    assertThat(statements.get(0).rewritten()).isEmpty();
    assertThat(statements.get(0).scans()).isEmpty();
    assertThat(tables(statements.get(0)))
        .containsExactly(Map.entry("public.customers", LockMode.ACCESS_EXCLUSIVE));
    assertThat(names(statements.get(1).rewritten()))
        .containsExactly("public.customers", "public.customers_pkey");
  }

  @Test
  void aWiderVarcharKeepsTheFileOfItsIndex() {
    folder.script("01_base.sql", TABLES + "create index by_name on customers (name);");
    TracedStatement statement =
        traced("alter table customers alter name type varchar(80);").get(0);
    assertThat(statement.rewritten()).isEmpty();
    assertThat(statement.created()).isEmpty();
    assertThat(statement.dropped()).isEmpty();
  }

  @Test
  void setNotNullReadsTheTableUnlessAConstraintProvesIt() {
    List<TracedStatement> statements = traced("""
        alter table customers alter note set not null;
        alter table customers alter note drop not null;
        alter table customers add constraint proof check (note is not null) not valid;
        alter table customers validate constraint proof;
        alter table customers alter note set not null;
        """);
    assertThat(statements)
        .extracting(TraceTest::scanned)
        .containsExactly(
            List.of("public.customers"),
            List.of(),
            List.of(),
            List.of("public.customers"),
            List.of());
  }

  @Test
  void aVolatileDefaultRewritesAndAStableOneDoesNot() {
    List<TracedStatement> statements = traced("""
        alter table orders add seen_at timestamptz default now();
        alter table orders add token uuid default gen_random_uuid();
        """);
    assertThat(statements.get(0).rewritten()).isEmpty();
    assertThat(names(statements.get(1).rewritten()))
        .containsExactly("public.orders", "public.orders_pkey");
  }

  @Test
  void aLockThatTheTransactionHasIsNotTakenAgain() {
    TraceReport report;
    folder.script("02_two.sql", """
        alter table orders add a int;
        create index on orders (a);
        """);
    report = traceAll();
    List<TracedStatement> statements = last(report);
    assertThat(tables(statements.get(0)))
        .containsExactly(Map.entry("public.orders", LockMode.ACCESS_EXCLUSIVE));
    assertThat(statements.get(1).locks()).isEmpty();
    assertThat(names(statements.get(1).created())).containsExactly("public.orders_a_idx");
    assertThat(report.migrations().get(1).locks())
        .extracting(TracedLock::toString)
        .containsExactly("ACCESS EXCLUSIVE on public.orders");
  }

  @Test
  void whatAMigrationMakesItselfIsNobodyElses() {
    List<TracedStatement> statements = traced("""
        create table fresh (id int primary key);
        create index on fresh (id);
        alter table fresh alter id type bigint;
        """);
    assertThat(statements).allSatisfy(statement -> {
      assertThat(statement.locks()).isEmpty();
      assertThat(statement.rewritten()).isEmpty();
      assertThat(statement.created()).isEmpty();
    });
  }

  @Test
  void queriesSayNothingOfScansAndTruncateRewritesNothing() {
    List<TracedStatement> statements = traced("""
        update orders set placed_at = now();
        truncate customers;
        """);
    assertThat(tables(statements.get(0)))
        .containsExactly(Map.entry("public.orders", LockMode.ROW_EXCLUSIVE));
    assertThat(statements.get(0).scans()).isEmpty();
    assertThat(statements.get(0).unseen()).startsWith("scans");
    assertThat(tables(statements.get(1)))
        .containsExactly(Map.entry("public.customers", LockMode.ACCESS_EXCLUSIVE));
    assertThat(statements.get(1).rewritten()).isEmpty();
  }

  @Test
  void whatRunsInNoTransactionIsWatchedFromAnotherSession() {
    folder
        .script("02_build.sql", "create index concurrently by_time on orders (placed_at);")
        .script("03_rest.sql", """
            reindex index concurrently by_time;
            drop index concurrently by_time;
            vacuum full orders;
            vacuum customers;
            """);
    TraceReport report = traceAll();
    assertThat(report.failure()).isEmpty();
    TracedMigration build = report.migrations().get(1);
    assertThat(build.transactional()).isFalse();
    TracedStatement index = build.statements().get(0);
    assertThat(index.manner()).isEqualTo(Manner.WATCHED);
    assertThat(tables(index))
        .containsExactly(Map.entry("public.orders", LockMode.SHARE_UPDATE_EXCLUSIVE));
    assertThat(names(index.created())).containsExactly("public.by_time");
    assertThat(index.invalid()).isEmpty();
    List<TracedStatement> rest = report.migrations().get(2).statements();
    assertThat(rest)
        .extracting(TraceTest::tables)
        .containsExactly(
            Map.of("public.orders", LockMode.SHARE_UPDATE_EXCLUSIVE),
            Map.of("public.orders", LockMode.SHARE_UPDATE_EXCLUSIVE),
            Map.of("public.orders", LockMode.ACCESS_EXCLUSIVE),
            Map.of("public.customers", LockMode.SHARE_UPDATE_EXCLUSIVE));
    assertThat(names(rest.get(0).rewritten())).containsExactly("public.by_time");
    assertThat(names(rest.get(1).dropped())).containsExactly("public.by_time");
    assertThat(names(rest.get(2).rewritten()))
        .containsExactly("public.orders", "public.orders_pkey");
    assertThat(rest.get(3).rewritten()).isEmpty();
  }

  @Test
  void bothLocksOfDetachingAPartitionAreSeen() {
    folder
        .script("02_parts.sql", """
            create table parts (id int, day date) partition by range (day);
            create table parts_20 partition of parts for values from ('2020-01-01') to ('2021-01-01');
            """)
        .script("03_detach.sql", "alter table parts detach partition parts_20 concurrently;");
    TracedStatement detach = last(traceAll()).get(0);
    assertThat(detach.locks())
        .extracting(TracedLock::toString)
        .contains("ACCESS EXCLUSIVE on public.parts_20", "SHARE UPDATE EXCLUSIVE on public.parts");
  }

  @Test
  void statementsWithTransactionsOfTheirOwnBeginWithoutLocks() {
    List<TracedStatement> statements = traced("""
        -- migrator: transaction=off
        alter table orders add a int;
        alter table orders add b int;
        """);
    assertThat(statements)
        .extracting(TraceTest::tables)
        .containsOnly(Map.of("public.orders", LockMode.ACCESS_EXCLUSIVE));
  }

  @Test
  void theReportEndsWithTheMigrationThatFails() {
    folder.script("02_wrong.sql", """
            alter table orders add a int;
            alter table orders add a int;
            """).script("03_never.sql", "create table never ();");
    TraceReport report = traceAll();
    assertThat(report.migrations()).hasSize(2);
    TracedMigration wrong = report.migrations().get(1);
    assertThat(requireNonNull(wrong.failure()).code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(requireNonNull(wrong.failure()).message())
        .contains("already exists", "02_wrong.sql:2:1");
    assertThat(wrong.statements()).hasSize(1);
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
  }

  @Test
  void aStatementThatFailsWhileItIsWatchedFails() {
    folder.script("02_wrong.sql", "create index concurrently on orders (nothing);");
    TraceReport report = traceAll();
    assertThat(requireNonNull(report.migrations().get(1).failure()).message()).contains("nothing");
    assertThat(report.migrations().get(1).statements()).isEmpty();
  }

  @Test
  void whatDoesNotRunOnAGeneratedRowIsTracedWithoutOne() {
    folder.script(
        "02_strict.sql", "alter table customers add constraint never check (id is null);");
    TraceReport report = traceAll();
    TracedMigration strict = report.migrations().get(1);
    assertThat(strict.failure()).isNull();
    assertThat(strict.statements()).hasSize(1);
    assertThat(strict.notes())
        .singleElement()
        .asString()
        .contains("it does not run on a generated row");
  }

  @Test
  void onlyWhatIsPendingIsTracedAndTheDatabaseStaysAsItIs() {
    folder.engine(database).migrate();
    folder
        .script("02_next.sql", "alter table orders add a int;")
        .script("03_last.sql", "alter table customers add b int;");
    String fingerprint = folder.engine(database).snapshot().fingerprint().toString();
    String rows = database.value("select count(*) from migration_history");
    TraceReport report = folder
        .engine(database)
        .trace(MigrationTarget.latest(), ThrowAwayDatabases.beside(database));
    assertThat(report.migrations())
        .extracting(migration -> migration.migration().name())
        .containsExactly("next", "last");
    assertThat(report.state()).isEqualTo("a replay of 1 applied migration");
    assertThat(folder.engine(database).snapshot().fingerprint().toString()).isEqualTo(fingerprint);
    assertThat(database.value("select count(*) from migration_history")).isEqualTo(rows);
    assertThat(folder
            .engine(database)
            .trace(MigrationTarget.steps(1), ThrowAwayDatabases.beside(database))
            .migrations())
        .hasSize(1);
    assertThat(database.value("select count(*) from pg_database where datname like 'migrator\\_%'"))
        .isEqualTo("0");
  }

  @Test
  void aTraceOfAnEmptyDatabaseLeavesNoTrackingTables() {
    TraceReport report = folder
        .engine(database)
        .trace(MigrationTarget.latest(), ThrowAwayDatabases.beside(database));
    assertThat(report.migrations()).hasSize(1);
    assertThat(database.value(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
  }

  @Test
  void aRepeatableWithAnotherContentIsTraced() {
    folder
        .without("01_base.sql")
        .script("V1__base.sql", TABLES)
        .script("R__names.sql", "create or replace view names as select name from customers;");
    folder.engine(database).migrate();
    folder.script(
        "R__names.sql", "create or replace view names as select name, id from customers;");
    TraceReport report = folder
        .engine(database)
        .trace(MigrationTarget.latest(), ThrowAwayDatabases.beside(database));
    assertThat(report.migrations()).hasSize(1);
    assertThat(report.notes()).singleElement().asString().contains("is traced from its beginning");
  }

  @Test
  void whatCannotBeReplayedIsAnError() {
    folder.engine(database).baseline("01");
    folder.script("02_next.sql", "alter table orders add a int;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> folder
            .engine(database)
            .trace(MigrationTarget.latest(), ThrowAwayDatabases.beside(database)));
    assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(failure).hasMessageContaining("what was there before a baseline is not known");
  }

  @Test
  void whatFailsBeforeTheFirstMigrationThatIsTracedIsNoFailureOfTheRun() {
    database.execute("create table legacy (id int)");
    folder.script("02_legacy.sql", "alter table legacy add n int;");
    folder.engine(database).migrate();
    folder.script("03_next.sql", "create table next (id int);");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> folder
            .engine(database)
            .trace(MigrationTarget.latest(), ThrowAwayDatabases.beside(database)));
    assertThat(failure.code()).isEqualTo(FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE);
    assertThat(failure)
        .hasMessageContaining("the state before could not be made anew")
        .hasMessageContaining("02_legacy.sql:1:")
        .hasMessageContaining("nothing was changed in the database");
  }
}
