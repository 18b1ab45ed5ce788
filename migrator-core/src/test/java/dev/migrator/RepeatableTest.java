package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.TransactionMode;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@PostgresTest
@Timeout(60)
class RepeatableTest {

  private static final String ROWS =
      "select version, kind, status, applied_rank from schema_migrations order by applied_rank";
  private static final String HISTORY =
      "select version, action, status, coalesce(details ->> 'remark', '-') from migration_history order by sequence";

  @TempDir
  Path path;

  private MigrationFolder folder;

  @BeforeEach
  void aTableAndAView() throws IOException {
    folder = new MigrationFolder(Files.createDirectory(path.resolve("v1")))
        .script("V1__t.sql", "create table t (a int, b int);")
        .script("R__v.sql", view("a"));
  }

  @Test
  void itRunsAfterEverythingPendingInNameOrder(TestDatabase database) {
    folder
        .script("R__before.sql", "create or replace view before as select * from late;")
        .script("V2__late.sql", "create table late ();");
    assertThat(folder.engine(database).plan().steps())
        .extracting(s -> s.migration().id())
        .containsExactly("1", "2", "R:before", "R:v");
    folder.engine(database).migrate();
    assertThat(database.query(ROWS))
        .containsExactly(
            List.of("1", "versioned", "completed", "1"),
            List.of("2", "versioned", "completed", "2"),
            List.of("R:before", "repeatable", "completed", "3"),
            List.of("R:v", "repeatable", "completed", "4"));
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void aRunShowsThatItIsToCome(TestDatabase database) {
    folder.script(
        "V2__saw.sql",
        "create table saw as select version, kind, status, applied_rank from schema_migrations where status = 'pending';");
    folder.engine(database).migrate();
    assertThat(database.query("select * from saw where version like 'R%'"))
        .containsExactly(List.of("R:v", "repeatable", "pending", "3"));
  }

  @ParameterizedTest
  @EnumSource(TransactionMode.class)
  void aNewContentIsAppliedAndTakesANewPlace(TransactionMode mode, TestDatabase database) {
    MigrationEngine engine =
        folder.builder(database.dataSource()).transactionMode(mode).build();
    engine.migrate();
    folder.script("R__v.sql", view("b")).script("V2__u.sql", "create table u ();");
    assertThat(engine.status().migrations())
        .extracting(s -> s.migration().label() + " " + s.state())
        .containsExactly("1 t APPLIED", "R:v PENDING", "2 u PENDING");
    assertThat(engine.validate().pending()).hasSize(2);
    assertThat(engine.validate().isValid()).isTrue();
    engine.migrate();
    assertThat(columns(database)).isEqualTo("b");
    assertThat(database.query(ROWS))
        .containsExactly(
            List.of("1", "versioned", "completed", "1"),
            List.of("2", "versioned", "completed", "3"),
            List.of("R:v", "repeatable", "completed", "4"));
    assertThat(database.query(HISTORY))
        .containsExactly(
            List.of("1", "apply", "success", "-"),
            List.of("R:v", "apply", "success", "-"),
            List.of("2", "apply", "success", "-"),
            List.of("R:v", "apply", "success", "applied again"));
    assertThat(engine.status().current())
        .satisfies(s -> assertThat(s.migration().id()).isEqualTo("2"));
  }

  @Test
  void releasesThatBootInTurnsDoNotUndoEachOther(TestDatabase database) throws IOException {
    MigrationFolder next = release("v2", "b");
    folder.engine(database).migrate();
    assertThat(next.engine(database).migrate().steps()).hasSize(1);
    for (int boot = 0; boot < 3; boot++) {
      MigrationReport old = folder.engine(database).migrate();
      assertThat(old.isUpToDate()).isTrue();
      assertThat(old.notes())
          .singleElement()
          .asString()
          .contains("R:v", "was applied before", "a comment is enough");
      assertThat(next.engine(database).migrate().isUpToDate()).isTrue();
      assertThat(next.engine(database).migrate().notes()).isEmpty();
      assertThat(columns(database)).isEqualTo("b");
    }
    assertThat(folder.engine(database).status().count(MigrationState.IGNORED)).isEqualTo(1);
    assertThat(folder.engine(database).validate().isValid()).isTrue();
    // A comment makes it another content.
    folder.script("R__v.sql", "-- back again\n" + view("a")).engine(database).migrate();
    assertThat(columns(database)).isEqualTo("a");
    assertThat(next.engine(database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void aDatabaseThatIsAheadKeepsWhatTheNewerReleaseMade(TestDatabase database) throws IOException {
    MigrationFolder next = release("v2", "b").script("V2__u.sql", "create table u ();");
    next.engine(database).migrate();
    folder.script("R__another.sql", "create view another as select 1;");
    MigrationReport old = folder.engine(database).migrate();
    assertThat(old.isUpToDate()).isTrue();
    assertThat(old.future()).hasSize(1);
    assertThat(old.notes())
        .hasSize(2)
        .allSatisfy(note -> assertThat(note).contains("does not run", "newer release", "2 u"));
    assertThat(columns(database)).isEqualTo("b");
  }

  @Test
  void itsScriptMayGoAndItsRowStays(TestDatabase database) {
    folder.engine(database).migrate();
    folder.without("R__v.sql");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.isUpToDate()).isTrue();
    assertThat(report.notes()).singleElement().asString().contains("R:v", "no script");
    assertThat(folder.engine(database).status().count(MigrationState.MISSING)).isEqualTo(1);
    assertThat(folder.engine(database).validate().isValid()).isTrue();
  }

  @Test
  void aFailureLeavesWhatWasAppliedBefore(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    String before = database.value("select checksum from schema_migrations where version = 'R:v'");
    folder.script("R__v.sql", "drop view v; create view v as select nothing from t;");
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("R__v.sql:1:")
        .hasMessageContaining("R:v failed")
        .hasMessageContaining("left nothing behind");
    assertThat(columns(database)).isEqualTo("a");
    assertThat(database.query(
            "select status, checksum, applied_rank from schema_migrations where version = 'R:v'"))
        .containsExactly(List.of("completed", before, "2"));
    assertThat(database.query(HISTORY)).last().isEqualTo(List.of("R:v", "apply", "failed", "-"));
    // What failed was never applied: the next run tries it again, and the old content is up to
    // date.
    assertThatThrownBy(engine::migrate).hasMessageContaining("R:v failed");
    folder.script("R__v.sql", view("a"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
  }

  @Test
  void aFirstFailureIsTriedAgain(TestDatabase database) {
    folder.script("R__v.sql", "nonsense;");
    MigrationEngine engine = folder.engine(database);
    assertThatThrownBy(engine::migrate).hasMessageContaining("R:v failed");
    assertThat(engine.status().count(MigrationState.FAILED)).isEqualTo(1);
    folder.script("R__v.sql", view("a"));
    assertThat(engine.migrate().steps()).hasSize(1);
    assertThat(columns(database)).isEqualTo("a");
  }

  @Test
  void oneWithoutATransactionThatStopsHalfWayGoesOn(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    folder.script(
        "R__v.sql", "create index concurrently i on t (a); create view nothing as select no;");
    assertThatThrownBy(engine::migrate).hasMessageContaining("finished 1 of its 2 statements");
    folder.script(
        "R__v.sql", "create index concurrently i on t (a); create view nothing as select 1;");
    assertThat(engine.migrate().steps())
        .extracting(s -> s.remark())
        .containsExactly("resumed at statement 2 of 2");
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query(HISTORY))
        .endsWith(List.of("R:v", "apply", "failed", "-"), List.of("R:v", "apply", "success", "-"));
  }

  @Test
  void oneThatStoppedHalfWayAndIsAnotherNowBeginsAgain(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    database.execute("insert into t values (1), (1)");
    folder.script(
        "R__v.sql",
        "create table if not exists log (v int); create unique index concurrently i on t (a);");
    assertThatThrownBy(engine::migrate).hasMessageContaining("was dropped");
    // As if the connection had been lost before it could be dropped.
    assertThatThrownBy(() -> database.execute("create unique index concurrently i on t (a)"))
        .hasMessageContaining("could not create unique index");
    folder.script(
        "R__v.sql",
        "create table if not exists log2 (v int); create index concurrently if not exists i on t (a);");
    assertThat(engine.migrate().steps())
        .singleElement()
        .satisfies(s -> assertThat(s.statements()).isEqualTo(2));
    assertThat(database.value("select indisvalid from pg_index where indexrelid = 'i'::regclass"))
        .isEqualTo("t");
    assertThat(database.value("select to_regclass('log2')")).isEqualTo("log2");
  }

  @Test
  void aTargetWithAVersionLeavesItOutAndStepsCountIt(TestDatabase database) {
    MigrationEngine engine = folder.script("V2__u.sql", "create table u ();").engine(database);
    assertThat(engine.migrate(MigrationTarget.upTo("2")).steps()).hasSize(2);
    assertThat(engine.migrate(MigrationTarget.steps(1)).migrations())
        .extracting(m -> m.id())
        .containsExactly("R:v");
    folder.script("R__v.sql", view("b")).script("V3__w.sql", "select 3;");
    assertThat(engine.migrate(MigrationTarget.only("3")).steps()).hasSize(1);
    assertThat(engine.migrate().steps()).hasSize(1);
  }

  @Test
  void rollbackAndBaselinePassItBy(TestDatabase database) {
    folder
        .script("U1__t.sql", "drop table t cascade;")
        .script("R__v.sql", "create table if not exists stays ();");
    MigrationEngine engine = folder.engine(database);
    engine.baseline("1");
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("R:v");
    folder.script("V2__u.sql", "create table u ();").script("U2__u.sql", "drop table u;");
    engine.migrate();
    assertThat(engine.rollback(RollbackTarget.all()).migrations())
        .extracting(m -> m.id())
        .containsExactly("2");
    assertThat(database.value("select to_regclass('stays')")).isEqualTo("stays");
  }

  @Test
  void eightInstancesThatBootTogetherApplyAChangeOnce(TestDatabase database) throws Exception {
    folder.engine(database).migrate();
    folder.script(
        "R__v.sql", view("b") + " create table if not exists runs (); select pg_sleep(0.2);");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<MigrationReport>> boots = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        boots.add(() -> folder.engine(database).migrate());
      }
      int steps = 0;
      for (Future<MigrationReport> boot : threads.invokeAll(boots)) {
        steps += boot.get().steps().size();
      }
      assertThat(steps).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
    assertThat(database.value(
            "select count(*) from migration_history where version = 'R:v' and status = 'success'"))
        .isEqualTo("2");
  }

  @Test
  void twoReleasesThatBootTogetherApplyEachContentOnceAtMost(TestDatabase database)
      throws Exception {
    MigrationFolder next = release("v2", "b");
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<MigrationReport>> boots = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        MigrationFolder release = i % 2 == 0 ? folder : next;
        boots.add(() -> release.engine(database).migrate());
      }
      for (Future<MigrationReport> boot : threads.invokeAll(boots)) {
        boot.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(
            database.query(
                "select count(*), count(distinct checksum) from migration_history where version = 'R:v'"))
        .containsExactly(List.of("2", "2"));
    String last = columns(database);
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
    assertThat(next.engine(database).migrate().isUpToDate()).isTrue();
    assertThat(columns(database)).isEqualTo(last);
  }

  @Test
  void anObserverSeesThatItIsPendingWithoutTheHistory(TestDatabase database) {
    folder.engine(database).migrate();
    folder.script("R__v.sql", view("b"));
    TestRole observer = database.createRole();
    database.execute("grant select on schema_migrations to " + observer.name());
    assertThat(folder
            .builder(database.dataSource(observer))
            .build()
            .status()
            .count(MigrationState.PENDING))
        .isEqualTo(1);
    database.execute("revoke select on schema_migrations from " + observer.name());
  }

  @Test
  void aNameThatTwoApplicationsHaveDoesNotMakeThemOne(TestDatabase database) throws IOException {
    folder.engine(database).migrate();
    MigrationFolder other = release("other", "a").without("V1__t.sql");
    other.script("V1__customers.sql", "create table customers ();");
    assertThatThrownBy(() -> other.engine(database).migrate())
        .hasMessageContaining("FOREIGN_HISTORY");
    assertThatThrownBy(() -> other.without("V1__customers.sql").engine(database).migrate())
        .hasMessageContaining("FOREIGN_HISTORY");
  }

  private MigrationFolder release(String name, String column) throws IOException {
    return new MigrationFolder(Files.createDirectory(path.resolve(name)))
        .script("V1__t.sql", "create table t (a int, b int);")
        .script("R__v.sql", view(column));
  }

  private static String view(String column) {
    return "drop view if exists v; create view v as select " + column + " from t;";
  }

  private static String columns(TestDatabase database) {
    return database.value(
        "select string_agg(attname, ' ' order by attnum) from pg_attribute where attrelid = 'v'::regclass");
  }
}
