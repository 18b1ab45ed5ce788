package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.DryRun;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.TraceReport;
import dev.migrator.report.TracedMigration;
import dev.migrator.report.TracedStatement;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class DryRunTest {

  @TempDir
  Path path;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void oneMigrationIsApplied(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path).script("01_base.sql", """
            create table parents (id int primary key, name varchar(50));
            create table children (id serial primary key, parent int references parents, twice int generated always as (id * 2) stored);
            """);
    folder.engine(database).migrate();
  }

  private DryRunReport dryRun(DryRun how) {
    return folder.engine(database).dryRun(MigrationTarget.latest(), how);
  }

  /** Everything that a dry run must leave alone. */
  private List<String> state() {
    return List.of(
        folder.engine(database).snapshot().fingerprint().toString(),
        database.value("select count(*) from migration_history"),
        database.value("select string_agg(version || status, ',') from schema_migrations"),
        database.value("select count(*) from parents"),
        database.value("select count(*) from pg_database where datname like 'migrator\\_%'"));
  }

  private static TraceReport trace(DryRunReport report) {
    return requireNonNull(report.trace());
  }

  @Test
  void aThrowAwayCopyIsTriedAndTheDatabaseStaysAsItIs() {
    folder
        .script("02_next.sql", "alter table parents add a int;")
        .script("03_index.sql", "create index concurrently on parents (a);");
    List<String> before = state();
    DryRunReport report = dryRun(DryRun.on(ThrowAwayDatabases.beside(database)));
    assertThat(report.failure()).isEmpty();
    assertThat(trace(report).migrations()).hasSize(2);
    assertThat(report.plan().steps()).hasSize(2);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aDryRunThatFailsSaysWhere() {
    folder.script("02_wrong.sql", "select 1;\nalter table nothing add a int;");
    List<String> before = state();
    DryRunReport report = dryRun(DryRun.on(ThrowAwayDatabases.beside(database)));
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    assertThat(requireNonNull(trace(report).migrations().get(0).failure()).message())
        .contains("02_wrong.sql:2:1", "does not exist");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aSampleOfRowsShowsWhatOnlyRowsShow() {
    database.execute("insert into parents values (1, 'a\tb\\c'), (2, null), (3, 'x')");
    database.execute("insert into children (parent) values (1), (2)");
    folder.script("02_strict.sql", "alter table parents alter name set not null;");
    assertThat(dryRun(DryRun.on(ThrowAwayDatabases.beside(database))).failure()).isEmpty();
    List<String> before = state();
    DryRunReport report = dryRun(DryRun.on(ThrowAwayDatabases.beside(database)).sampleRows(100));
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("a sample of 5 rows in 2 tables");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aSampleHoldsTheValuesAsTheyAre() {
    database.execute("insert into parents values (1, E'tab\\tback\\\\slash\\nline'), (2, '\\N')");
    folder.script("02_proof.sql", """
        do $$ begin
          if (select count(*) from parents where name in (E'tab\\tback\\\\slash\\nline', '\\N')) <> 2 then
            raise 'other values';
          end if;
        end $$;
        """);
    assertThat(dryRun(DryRun.on(ThrowAwayDatabases.beside(database)).sampleRows(10))
            .failure())
        .isEmpty();
  }

  @Test
  void whereNothingCanBeReplayedItIsThePlanWhenThatWasAllowed() {
    TestDatabase other = database.sibling();
    folder.engine(other).baseline("01");
    folder.script("02_next.sql", "alter table parents add a int;");
    MigrationEngine engine = folder.engine(other);
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> engine.dryRun(
                    MigrationTarget.latest(), DryRun.on(ThrowAwayDatabases.beside(database))))
            .code())
        .isEqualTo(FailureCode.CONFIGURATION_INVALID);
    DryRunReport report = engine.dryRun(
        MigrationTarget.latest(), DryRun.on(ThrowAwayDatabases.beside(database)).orPlan());
    assertThat(report.trace()).isNull();
    assertThat(report.notes()).singleElement().asString().contains("this is the plan alone");
  }

  @Test
  void inTheDatabaseEverythingIsRolledBackButSequences() {
    database.execute("insert into parents values (1, 'a'), (2, 'b')");
    folder
        .script(
            "02_next.sql", "alter table parents add a int default 7; set search_path = pg_temp;")
        .script("03_rows.sql", """
            insert into children (parent) values (1), (2);
            update parents set a = 8;
            alter table parents alter a set not null;
            """);
    List<String> before = state();
    DryRunReport report = dryRun(DryRun.inDatabase());
    assertThat(report.failure()).isEmpty();
    assertThat(trace(report).migrations())
        .extracting(traced -> traced.statements().size())
        .containsExactly(2, 3);
    TracedStatement scan = trace(report).migrations().get(1).statements().get(2);
    assertThat(scan.scans()).singleElement().satisfies(s -> assertThat(s.rows()).isGreaterThan(1));
    assertThat(report.notes()).anyMatch(note -> note.startsWith("Every lock was taken"));
    assertThat(report.notes())
        .anyMatch(note -> note.startsWith("The sequence public.children_id_seq stays at 2"));
    assertThat(state()).isEqualTo(before);
    assertThat(database.advisoryLocks()).isEmpty();
    assertThat(folder.engine(database).migrate().steps()).hasSize(2);
  }

  @Test
  void inTheDatabaseAFailureIsRolledBackToo() {
    folder
        .script("02_next.sql", "alter table parents add a int;")
        .script("03_wrong.sql", "alter table parents add a int;");
    List<String> before = state();
    DryRunReport report = dryRun(DryRun.inDatabase());
    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    List<TracedMigration> migrations = trace(report).migrations();
    assertThat(migrations).hasSize(2);
    assertThat(requireNonNull(migrations.get(1).failure()).message()).contains("03_wrong.sql:1:1");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void whatCannotBeRolledBackIsRefusedInTheDatabase() {
    folder.script("02_index.sql", "create index concurrently on parents (id);");
    assertThat(catchThrowableOfType(MigrationException.class, () -> dryRun(DryRun.inDatabase())))
        .hasMessageContaining("02_index.sql:1:1");
    folder.without("02_index.sql").script("02_program.sql", "copy parents to program 'true';");
    assertThat(catchThrowableOfType(MigrationException.class, () -> dryRun(DryRun.inDatabase())))
        .hasMessageContaining("what no rollback undoes");
  }

  @Test
  void inProductionADryRunInTheDatabaseIsConfirmedAsTheRunIs() {
    folder.script("02_next.sql", "alter table parents add a int;");
    MigrationEngineBuilder builder =
        folder.builder(database.dataSource()).environment(Environment.PRODUCTION);
    MigrationEngine engine = builder.build();
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> engine.dryRun(MigrationTarget.latest(), DryRun.inDatabase()))
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(engine
            .dryRun(MigrationTarget.latest(), DryRun.on(ThrowAwayDatabases.beside(database)))
            .failure())
        .isEmpty();
    assertThat(builder
            .confirmProduction(true)
            .build()
            .dryRun(MigrationTarget.latest(), DryRun.inDatabase())
            .failure())
        .isEmpty();
  }

  @Test
  void nothingPendingIsNothingToTry() {
    assertThat(dryRun(DryRun.on(ThrowAwayDatabases.beside(database))).trace()).isNull();
    assertThat(dryRun(DryRun.inDatabase()).trace()).isNull();
  }

  @Test
  void aRollbackIsTriedOnACopyAndTheDatabaseStaysAsItIs() {
    folder
        .script("02_more.sql", "create table more (id int);")
        .script("02_more_rollback.sql", "drop table more;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    List<String> before = state();
    DryRunReport report = engine.dryRunRollback(
        RollbackTarget.steps(1), DryRun.on(ThrowAwayDatabases.beside(database)).sampleRows(5));
    assertThat(report.failure()).isEmpty();
    assertThat(trace(report).migrations())
        .extracting(each -> each.action() + " " + each.migration().id())
        .containsExactly("ROLLBACK 02");
    assertThat(report.plan().digest())
        .isEqualTo(engine.planRollback(RollbackTarget.steps(1)).digest());
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aRollbackThatWouldBeRefusedFails() {
    folder
        .script("02_more.sql", "create table more (id int);")
        .script("02_more_rollback.sql", "drop table more; drop table parents cascade;");
    folder.engine(database).migrate();
    DryRunReport report = folder
        .builder(database.dataSource())
        .environment(Environment.PRODUCTION)
        .build()
        .dryRunRollback(RollbackTarget.steps(1), DryRun.planOnly());
    assertThat(report.failure()).contains(FailureCode.DESTRUCTION_BLOCKED);
    assertThat(report.trace()).isNull();
  }

  @Test
  void whatHasNothingToTakeBackIsNothingToTry() {
    TestDatabase empty = database.sibling();
    DryRunReport report = folder
        .engine(empty)
        .dryRunRollback(RollbackTarget.all(), DryRun.on(ThrowAwayDatabases.beside(empty)));
    assertThat(report.failure()).isEmpty();
    assertThat(report.trace()).isNull();
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void aRollbackIsNeverTriedInTheDatabaseItself() {
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .build()
            .dryRunRollback(RollbackTarget.all(), DryRun.inDatabase()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
