package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.migrator.config.DriftPolicy;
import dev.migrator.config.DriftReference;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.SchemaRecording;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class SchemaRecordTest {

  private static final String AFTER = "select schema_fingerprint from migration_history"
      + " where action = 'fingerprint' order by sequence desc limit 1";

  @TempDir
  Path path;

  private MigrationFolder folder;

  @BeforeEach
  void threeMigrations() {
    folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (id int);")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b.sql", "alter table a add note text;")
        .script("02_b_rollback.sql", "alter table a drop note;")
        .script("03_c.sql", "create index concurrently a_id on a (id);")
        .script("03_c_rollback.sql", "drop index concurrently a_id;");
  }

  private MigrationEngineBuilder builder(TestDatabase database) {
    return folder.builder(database.dataSource()).schemaRecording(SchemaRecording.AUTOMATIC);
  }

  private static List<List<String>> before(TestDatabase database) {
    return database.query(
        "select version, schema_fingerprint is not null from schema_migrations order by version");
  }

  @Test
  void everyMigrationOfAShortRunKnowsTheSchemaBeforeIt(TestDatabase database) {
    MigrationReport report = builder(database).build().migrate();
    assertThat(before(database))
        .containsExactly(List.of("01", "t"), List.of("02", "t"), List.of("03", "t"));
    assertThat(database.value("select count(distinct schema_fingerprint) from schema_migrations"))
        .isEqualTo("3");
    SchemaCheck check = requireNonNull(report.schemaCheck());
    assertThat(check).isNotNull();
    assertThat(check.expected()).isNull();
    assertThat(database.value(AFTER)).isEqualTo(check.now().toString());
    assertThat(check.now()).isEqualTo(builder(database).build().snapshot().fingerprint());
  }

  @Test
  void aLongRunIsRecordedBeforeAndAfterAlone(TestDatabase database) {
    builder(database).schemaRecording(SchemaRecording.RUNS).build().migrate();
    assertThat(before(database))
        .containsExactly(List.of("01", "t"), List.of("02", "f"), List.of("03", "f"));
  }

  @Test
  void nothingIsRecordedWhereItIsOffOrNothingWasApplied(TestDatabase database) {
    MigrationEngine off = builder(database).schemaRecording(SchemaRecording.OFF).build();
    assertThat(off.migrate().schemaCheck()).isNull();
    assertThat(builder(database).build().migrate().schemaCheck()).isNull();
    assertThat(before(database)).extracting(row -> row.get(1)).containsOnly("f");
    assertThat(
            database.value("select count(*) from migration_history where action = 'fingerprint'"))
        .isEqualTo("0");
  }

  @Test
  void aRollbackThatRestoresWhatWasThereIsToldSo(TestDatabase database) {
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    for (int left = 2; left >= 0; left--) {
      MigrationReport report = engine.rollback(RollbackTarget.steps(1));
      SchemaCheck check = requireNonNull(report.schemaCheck());
      assertThat(check).isNotNull();
      assertThat(check.expected()).as("expected with " + left + " left").isNotNull();
      assertThat(check.differs()).isFalse();
      assertThat(report.notes()).isEmpty();
    }
  }

  @Test
  void aRollbackOfSeveralIsComparedWithWhatWasThereBeforeTheFirst(TestDatabase database) {
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    assertThat(engine.rollback(RollbackTarget.all()).schemaCheck())
        .isNotNull()
        .satisfies(check -> assertThat(check.expected()).isEqualTo(check.now()));
  }

  @Test
  void aRollbackThatLeavesSomethingBehindIsReported(TestDatabase database) {
    folder.script("02_b_rollback.sql", "select 'nothing';");
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    MigrationReport report = engine.rollback(RollbackTarget.steps(2));
    assertThat(report.schemaCheck()).isNotNull();
    assertThat(requireNonNull(report.schemaCheck()).differs()).isTrue();
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith(
            "The schema is not what it was before the rolled-back migrations were applied: expected strict-1-pg")
        .contains("migrator verify");
  }

  @Test
  void anAutomaticRollbackThatLeavesSomethingBehindSaysSo(TestDatabase database) {
    folder.script("02_b_rollback.sql", "select 'nothing';").script("03_c.sql", "select 1 / 0;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> builder(database).onFailure(FailurePolicy.ROLL_BACK).build().migrate());
    assertThat(failure)
        .hasMessageContaining("they were rolled back, so that the database is as it was before");
    folder.script("01_a_rollback.sql", "alter table a rename to b;");
    MigrationException second = catchThrowableOfType(
        MigrationException.class,
        () -> builder(database).onFailure(FailurePolicy.ROLL_BACK).build().migrate());
    assertThat(second).hasMessageContaining("but the schema is not what it was before");
  }

  @Test
  void aFailedRunRecordsWhatItLeft(TestDatabase database) {
    folder.script("03_c.sql", "select 1 / 0;");
    MigrationEngine engine = builder(database).build();
    assertThat(catchThrowableOfType(MigrationException.class, engine::migrate).code())
        .isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(database.value(AFTER)).isEqualTo(engine.snapshot().fingerprint().toString());
  }

  @Test
  void whatChangedBetweenTwoRunsIsNoted(TestDatabase database) {
    folder.without("03_c.sql").without("03_c_rollback.sql");
    builder(database).keepSnapshots(true).build().migrate();
    database.execute("create table by_hand (id int)");
    folder.script("03_c.sql", "create table c ();");
    MigrationReport report = builder(database).build().migrate();
    assertThat(report.steps()).hasSize(1);
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("Before the run the schema is not what the last run left at ")
        .contains("table public.by_hand is new");
  }

  @Test
  void driftCanRefuseARunBeforeItChangesAnything(TestDatabase database) {
    folder.without("03_c.sql").without("03_c_rollback.sql");
    builder(database).build().migrate();
    database.execute("alter table a add by_hand int");
    folder.script("03_c.sql", "create table c ();");
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () -> builder(database).drift(DriftPolicy.REFUSE).build().migrate());
    assertThat(refused.code()).isEqualTo(FailureCode.SCHEMA_DRIFTED);
    assertThat(refused).hasMessageContaining("nothing was changed");
    assertThat(database.value("select to_regclass('c')")).isEqualTo("NULL");
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("2");
    database.execute("alter table a drop by_hand");
    assertThat(builder(database).drift(DriftPolicy.REFUSE).build().migrate().notes())
        .isEmpty();
  }

  @Test
  void whatAKilledRunLeftIsNoDrift(TestDatabase database) {
    builder(database).build().migrate();
    // As a run does that ends before it can record the schema.
    database.execute("create table d ()");
    database.execute(
        "insert into migration_history (version, action, status) values ('04', 'apply', 'success')");
    folder.script("05_e.sql", "create table e ();");
    assertThat(builder(database).drift(DriftPolicy.REFUSE).build().migrate().notes())
        .singleElement()
        .asString()
        .startsWith(
            "Before the run the schema was not compared with what the last run left: migrations were");
  }

  @Test
  void aMigrationThatFailedInItsTransactionHidesNoDrift(TestDatabase database) {
    builder(database).build().migrate();
    folder.script("04_d.sql", "select 1 / 0;");
    assertThat(catchThrowableOfType(
            MigrationException.class, () -> builder(database).build().migrate()))
        .hasMessageContaining("division by zero");
    database.execute("create table by_hand ()");
    assertThat(builder(database)
            .build()
            .drift(DriftReference.recorded(), SchemaFlavour.STRICT)
            .hasDrifted())
        .isTrue();
    folder.script("04_d.sql", "create table d ();");
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> builder(database).drift(DriftPolicy.REFUSE).build().migrate())
            .code())
        .isEqualTo(FailureCode.SCHEMA_DRIFTED);
  }

  @Test
  void whatRepeatablesMadeSinceIsNoFailureOfARollback(TestDatabase database) {
    flyway();
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    MigrationReport report = engine.rollback(RollbackTarget.steps(1));
    assertThat(requireNonNull(report.schemaCheck()).differs()).isFalse();
    assertThat(requireNonNull(report.schemaCheck()).expected()).isNull();
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("not known: R:f stays, and was applied after");
  }

  @Test
  void whatWasRolledBackOrAppliedAgainSinceDoesNotHinderTheComparison(TestDatabase database) {
    folder.script("02_b.sql", "alter table a add if not exists note text;");
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    engine.rollback(RollbackTarget.steps(1));
    engine.reapply("02");
    MigrationReport report = engine.rollback(RollbackTarget.steps(1));
    assertThat(requireNonNull(report.schemaCheck()).expected()).isNotNull();
    assertThat(requireNonNull(report.schemaCheck()).differs()).isFalse();
  }

  @Test
  void anEarlierMigrationThatWasAppliedAgainHindersTheComparison(TestDatabase database) {
    folder.script(
        "01_a.sql", "create table if not exists a (id int); create table if not exists z ();");
    MigrationEngine engine = builder(database).build();
    engine.migrate();
    database.execute("drop table z");
    engine.reapply("01");
    MigrationReport report = engine.rollback(RollbackTarget.steps(1));
    assertThat(report.notes()).singleElement().asString().contains("01 stays");
  }

  @Test
  void aRollbackOfWhatHasNoFingerprintSaysSo(TestDatabase database) {
    MigrationEngine engine =
        builder(database).schemaRecording(SchemaRecording.RUNS).build();
    engine.migrate();
    MigrationReport report = engine.rollback(RollbackTarget.steps(1));
    assertThat(requireNonNull(report.schemaCheck()).expected()).isNull();
    assertThat(report.notes())
        .singleElement()
        .asString()
        .startsWith(
            "Whether the rollback restores the schema is not known: none was recorded before 03");
  }

  @Test
  void aFingerprintOfALaterReleaseFailsNoRun(TestDatabase database) {
    builder(database).build().migrate();
    database.execute("update migration_history set schema_fingerprint = 'exact-2-pg17-abc'"
        + " where action = 'fingerprint'");
    database.execute("update schema_migrations set schema_fingerprint = 'exact-2-pg17-abc'");
    folder.script("04_d.sql", "create table d ();").script("04_d_rollback.sql", "drop table d;");
    assertThat(builder(database).drift(DriftPolicy.REFUSE).build().migrate().notes())
        .singleElement()
        .asString()
        .contains("not a fingerprint of a schema");
    assertThat(builder(database).build().rollback(RollbackTarget.steps(2)).notes())
        .singleElement()
        .asString()
        .contains("not a fingerprint of a schema");
  }

  @Test
  void aDamagedSnapshotFailsNoRun(TestDatabase database) {
    folder.without("03_c.sql").without("03_c_rollback.sql");
    builder(database).keepSnapshots(true).build().migrate();
    database.execute("update migration_history set schema_snapshot = 'broken'::bytea"
        + " where action = 'fingerprint'");
    database.execute("create table by_hand ()");
    folder.script("03_c.sql", "create table c ();");
    assertThat(builder(database).build().migrate().notes())
        .hasSize(2)
        .anyMatch(note -> note.contains("comparing the snapshots failed"))
        .anyMatch(
            note -> note.startsWith("Before the run the schema is not what the last run left"));
  }

  @Test
  void aTableThatSomebodyElseHoldsDelaysARunNoLongerThanTheLockTimeout(TestDatabase database)
      throws SQLException {
    folder
        .without("03_c.sql")
        .without("03_c_rollback.sql")
        .script("02_b.sql", "create table b (id int); create view v as select id from b;");
    MigrationEngineBuilder builder =
        builder(database).limits(limits -> limits.lockTimeout(Duration.ofMillis(200)));
    builder.build().migrate();
    folder.script("03_c.sql", "create table c ();");
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table b in access exclusive mode");
      MigrationReport report = assertTimeoutPreemptively(
          Duration.ofSeconds(20), () -> builder.build().migrate());
      assertThat(report.steps()).hasSize(1);
      assertThat(report.notes()).anyMatch(note -> note.contains("reading the schema failed"));
      other.rollback();
    }
  }

  @Test
  void aRunThatReadsTheSchemaCanBeCancelled(TestDatabase database) throws Exception {
    folder
        .without("03_c.sql")
        .without("03_c_rollback.sql")
        .script("02_b.sql", "create table b (id int); create view v as select id from b;");
    MigrationEngine engine = builder(database)
        .limits(limits -> limits.lockTimeout(Duration.ofMinutes(1)))
        .build();
    engine.migrate();
    folder.script("03_c.sql", "create table c ();");
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("lock table b in access exclusive mode");
      CompletableFuture<MigrationReport> run = CompletableFuture.supplyAsync(engine::migrate);
      while (database
          .value("select count(*) from pg_locks where not granted and relation is not null")
          .equals("0")) {
        Thread.sleep(20);
      }
      assertThat(engine.cancel()).isTrue();
      assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(MigrationException.class)
          .hasMessageContaining("cancelled");
      other.rollback();
    }
    assertThat(database.value("select to_regclass('c')")).isEqualTo("NULL");
  }

  @Test
  void whoRefusesDriftIsToldThatNothingWasRecorded(TestDatabase database) {
    builder(database).schemaRecording(SchemaRecording.OFF).build().migrate();
    folder.script("04_d.sql", "create table d ();");
    assertThat(builder(database).drift(DriftPolicy.REFUSE).build().migrate().notes())
        .singleElement()
        .asString()
        .contains("was not compared", "no run has recorded it");
  }

  @Test
  void anAutomaticRollbackDoesNotClaimThatRepeatablesAreGone(TestDatabase database) {
    flyway();
    folder.script("R__g.sql", "select 1 / 0;");
    MigrationException failure = catchThrowableOfType(
        MigrationException.class,
        () -> builder(database).onFailure(FailurePolicy.ROLL_BACK).build().migrate());
    assertThat(failure)
        .hasMessageContaining(
            "they were rolled back; repeatable migrations that it had applied stay")
        .hasMessageNotContaining("as it was before");
  }

  @Test
  void onlyTheNamedSchemasCount(TestDatabase database) {
    database.execute("create schema other");
    MigrationEngineBuilder named = builder(database).schemas("public").drift(DriftPolicy.REFUSE);
    named.build().migrate();
    database.execute("create table other.by_somebody_else (id int)");
    folder.script("04_d.sql", "create table d ();");
    assertThat(named.build().migrate().notes()).isEmpty();
  }

  @Test
  void whatWasRecordedAboutOtherSchemasIsNotCompared(TestDatabase database) {
    builder(database).schemas("public").build().migrate();
    MigrationEngine whole = builder(database).build();
    assertThat(catchThrowableOfType(
            MigrationException.class,
            () -> whole.drift(DriftReference.recorded(), SchemaFlavour.STRICT)))
        .hasMessageContaining("the last run recorded other schemas");
    MigrationReport back = whole.rollback(RollbackTarget.steps(1));
    assertThat(back.notes()).singleElement().asString().contains("is about other schemas");
    assertThat(requireNonNull(back.schemaCheck()).differs()).isFalse();
    MigrationReport again =
        builder(database).schemas("public").drift(DriftPolicy.REFUSE).build().migrate();
    assertThat(again.notes())
        .singleElement()
        .asString()
        .contains("was not compared", "other schemas");
  }

  @Test
  void theEnginesOwnTablesAreNoPartOfIt(TestDatabase database) {
    MigrationEngine engine = builder(database).build();
    String empty = engine.snapshot().fingerprint().toString();
    engine.migrate();
    assertThat(
            database.value("select schema_fingerprint from schema_migrations where version = '01'"))
        .isEqualTo(empty);
    assertThat(engine.snapshot().text()).doesNotContain("migration");
  }

  private void flyway() {
    for (String name : List.of("01_a", "02_b", "03_c")) {
      folder.without(name + ".sql").without(name + "_rollback.sql");
    }
    folder
        .script("V1__a.sql", "create table a (id int);")
        .script("U1__a.sql", "drop table a;")
        .script(
            "R__f.sql", "create or replace function f() returns int language sql as 'select 1';");
  }
}
