package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Connections;
import dev.migrator.config.DriftReference;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.SchemaRecording;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DriftReport;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class DriftTest {

  @TempDir
  Path path;

  @TempDir
  Path elsewhere;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void twoMigrations(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (id int primary key);")
        .script("02_b.sql", "create view b as select id from a;");
  }

  private MigrationEngineBuilder builder() {
    return folder.builder(database.dataSource()).schemaRecording(SchemaRecording.AUTOMATIC);
  }

  private Connections connections(TestDatabase to) {
    return Connections.to(to.jdbcUrl()).withUser(to.user()).withPassword(to.password());
  }

  private ThrowAwayServer server() {
    return ThrowAwayServer.given(connections(database));
  }

  private DriftReport drift(DriftReference reference) {
    return builder().build().drift(reference, SchemaFlavour.LOGICAL);
  }

  @Test
  void whatTheLastRunRecordedIsEnoughToTellThatSomethingDiffers() {
    builder().build().migrate();
    MigrationEngine engine = builder().build();
    assertThat(engine.drift(DriftReference.recorded(), SchemaFlavour.STRICT).hasDrifted())
        .isFalse();
    database.execute("comment on table a is 'by hand'");
    DriftReport drift = engine.drift(DriftReference.recorded(), SchemaFlavour.STRICT);
    assertThat(drift.hasDrifted()).isTrue();
    assertThat(drift.diff()).isNull();
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> engine.drift(DriftReference.recorded(), SchemaFlavour.LOGICAL))
            .code())
        .isEqualTo(FailureCode.CONFIGURATION_INVALID);
  }

  @Test
  void aKeptSnapshotTellsWhatDiffers() {
    builder().keepSnapshots(true).build().migrate();
    database.execute("comment on table a is 'by hand'");
    DriftReport strict = builder().build().drift(DriftReference.recorded(), SchemaFlavour.STRICT);
    assertThat(strict.diff()).isNotNull();
    assertThat(requireNonNull(strict.diff()).summary()).isEqualTo("table public.a differs");
    assertThat(drift(DriftReference.recorded()).hasDrifted()).isFalse();
  }

  @Test
  void nothingRecordedIsSaid() {
    builder().schemaRecording(SchemaRecording.OFF).build().migrate();
    assertThat(
            catchThrowableOfType(MigrationException.class, () -> drift(DriftReference.recorded())))
        .hasMessageContaining("no run has recorded the schema");
  }

  @Test
  void theAppliedMigrationsAreReplayed() {
    builder().build().migrate();
    assertThat(drift(DriftReference.replay(server())).hasDrifted()).isFalse();
    database.execute("alter table a add by_hand int");
    DriftReport drift = drift(DriftReference.replay(server()));
    assertThat(drift.diff()).isNotNull();
    assertThat(requireNonNull(drift.diff()).summary()).isEqualTo("column public.a.by_hand is new");
    assertThat(drift.reference()).isEqualTo("the applied migrations, replayed");
  }

  @Test
  void whatIsPendingIsNotReplayed() {
    builder().build().migrate();
    folder
        .script("01.5_between.sql", "create table between_them ();")
        .script("03_c.sql", "create table c ();");
    MigrationEngine engine = builder().outOfOrder(OutOfOrderPolicy.APPLY).build();
    DriftReport drift = engine.drift(DriftReference.replay(server()), SchemaFlavour.LOGICAL);
    assertThat(drift.hasDrifted()).isFalse();
  }

  @Test
  void repeatablesAreReplayedWhateverIsPending() {
    flyway();
    builder().build().migrate();
    folder.script("V3__c.sql", "create table c ();");
    assertThat(drift(DriftReference.replay(server())).hasDrifted()).isFalse();
  }

  @Test
  void whatFailedIsNotReplayed() {
    builder().build().migrate();
    folder.script("03_c.sql", "create table c (); select 1 / 0;");
    assertThat(catchThrowableOfType(
            MigrationException.class, () -> builder().build().migrate()))
        .hasMessageContaining("division by zero");
    folder.script("03_c.sql", "create table c ();");
    assertThat(drift(DriftReference.replay(server())).hasDrifted()).isFalse();
  }

  @Test
  void whatHasNoScriptCannotBeReplayed() {
    folder.script("03_c.sql", "create table c ();");
    builder().build().migrate();
    folder.without("03_c.sql");
    assertThat(catchThrowableOfType(
            MigrationException.class, () -> drift(DriftReference.replay(server()))))
        .hasMessageContaining("cannot be replayed: 03 c (its script is not there)");
  }

  @Test
  void aRepeatableThatWasEditedSinceCannotBeReplayed() {
    flyway();
    builder().build().migrate();
    folder.script(
        "R__f.sql", "create or replace function f() returns int language sql as 'select 2';");
    assertThat(catchThrowableOfType(
            MigrationException.class, () -> drift(DriftReference.replay(server()))))
        .hasMessageContaining("its script is not the one that was applied");
  }

  @Test
  void whatABaselineScriptMadeIsReplayed() {
    flyway();
    folder.script(
        "B2__all.sql", "create table a (id int primary key); create view b as select id from a;");
    builder().build().migrate();
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("2");
    assertThat(drift(DriftReference.replay(server())).hasDrifted()).isFalse();
  }

  @Test
  void scriptsThatReachBeyondTheirDatabaseAreNotReplayedOnASharedServer() throws IOException {
    String role = "drift_" + database.value("select current_database()");
    folder.script("03_c.sql", "create role \"" + role + "\";");
    try {
      builder().build().migrate();
      database.execute("drop role \"" + role + "\"");
      assertThat(catchThrowableOfType(
                  MigrationException.class, () -> drift(DriftReference.replay(server())))
              .code())
          .isEqualTo(FailureCode.SCRIPT_REFUSED);
      Path script = elsewhere.resolve("schema.sql");
      Files.writeString(script, "create role \"" + role + "\";");
      assertThat(catchThrowableOfType(
                  MigrationException.class,
                  () -> drift(DriftReference.desiredSchema(script, server())))
              .code())
          .isEqualTo(FailureCode.SCRIPT_REFUSED);
      assertThat(database.value("select count(*) from pg_roles where rolname = '" + role + "'"))
          .isEqualTo("0");
    } finally {
      database.execute("drop role if exists \"" + role + "\"");
    }
  }

  @Test
  void aDesiredSchemaMayHoldTheTrackingTables() throws IOException {
    builder().build().migrate();
    Path script = elsewhere.resolve("schema.sql");
    Files.writeString(
        script,
        "create table public.schema_migrations (version text); create table public.migration_script (a int);"
            + " create table a (id int primary key); create view b as select id from a;");
    assertThat(drift(DriftReference.desiredSchema(script, server())).hasDrifted())
        .isFalse();
  }

  @Test
  void aRunThatRecordsMeanwhileIsNoDrift() throws Exception {
    builder().build().migrate();
    folder.script("03_c.sql", "create table c ();");
    MigrationEngine engine = builder().build();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      // The snapshot waits for what the view is about.
      other.setAutoCommit(false);
      statement.execute("lock table a in access exclusive mode");
      CompletableFuture<DriftReport> drift = CompletableFuture.supplyAsync(
          () -> engine.drift(DriftReference.recorded(), SchemaFlavour.STRICT));
      while (database
          .value("select count(*) from pg_locks where not granted and relation is not null")
          .equals("0")) {
        Thread.sleep(20);
      }
      statement.execute("create table by_the_run ()");
      statement.execute(
          "insert into migration_history (action, status, schema_fingerprint) select action, status, '"
              + withTable() + "' from migration_history where action = 'fingerprint'");
      other.commit();
      assertThat(drift.get(30, TimeUnit.SECONDS).hasDrifted()).isFalse();
    }
  }

  /** The fingerprint that a run would record. */
  private String withTable() {
    TestDatabase second = database.sibling();
    folder.without("03_c.sql");
    folder.builder(second.dataSource()).build().migrate();
    second.execute("create table by_the_run ()");
    return folder.engine(second).snapshot().fingerprint().toString();
  }

  private void flyway() {
    folder
        .without("01_a.sql")
        .without("02_b.sql")
        .script("V1__a.sql", "create table a (id int primary key);")
        .script("V2__b.sql", "create view b as select id from a;")
        .script(
            "R__f.sql", "create or replace function f() returns int language sql as 'select 1';");
  }

  @Test
  void aSnapshotInAFileIsCompared() throws IOException {
    MigrationEngine engine = builder().build();
    engine.migrate();
    Path file = elsewhere.resolve("schema.json");
    Files.writeString(file, Snapshots.text(engine.snapshot()));
    assertThat(Snapshots.read(file)).isEqualTo(engine.snapshot());
    assertThat(drift(DriftReference.snapshot(file)).hasDrifted()).isFalse();
    database.execute("drop view b");
    assertThat(drift(DriftReference.snapshot(file)).diff())
        .isNotNull()
        .satisfies(diff -> assertThat(diff.summary()).startsWith("view public.b is missing"));
  }

  @Test
  void aSchemaThatIsNowhereIsRefused() throws IOException {
    builder().build().migrate();
    Path file = elsewhere.resolve("schema.json");
    Files.writeString(file, Snapshots.text(builder().build().snapshot()));
    MigrationEngine misspelt = builder().schemas("pulbic").build();
    assertThat(catchThrowableOfType(
            MigrationException.class,
            () -> misspelt.drift(DriftReference.snapshot(file), SchemaFlavour.LOGICAL)))
        .hasMessageContaining("there is no schema pulbic on either side");
    database.execute("create schema app");
    MigrationEngine other = builder().schemas("app").build();
    assertThat(catchThrowableOfType(
            MigrationException.class,
            () -> other.drift(DriftReference.snapshot(file), SchemaFlavour.LOGICAL)))
        .hasMessageContaining("is also about public, and only app is asked about");
  }

  @Test
  void aDesiredSchemaIsLoadedAndCompared() throws IOException {
    builder().build().migrate();
    Path script = elsewhere.resolve("schema.sql");
    Files.writeString(
        script,
        "create view b as select 1 as id; create table a (id int); drop view b;"
            + " alter table a add primary key (id); create view b as select id from a;");
    DriftReference desired = DriftReference.desiredSchema(script, server());
    assertThat(drift(desired).hasDrifted()).isFalse();
    database.execute("create table x ()");
    assertThat(drift(desired).hasDrifted()).isTrue();
  }

  @Test
  void twoDatabasesAreCompared() {
    TestDatabase second = database.sibling();
    builder().build().migrate();
    DriftReference other = DriftReference.database(connections(second));
    assertThat(drift(other).diff()).isNotNull();
    folder.builder(second.dataSource()).build().migrate();
    assertThat(drift(other).hasDrifted()).isFalse();
  }
}
