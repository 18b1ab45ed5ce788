package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.MigrationState;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class BaselineScriptTest {

  private static final String ROWS =
      "select version, kind, status, script, checksum is not null from schema_migrations order by applied_rank";

  @TempDir
  Path path;

  private MigrationFolder folder;

  @BeforeEach
  void threeVersionsAndTwoThatStandForThem() {
    folder = new MigrationFolder(path)
        .script("V1__a.sql", "create table a ();")
        .script("V2__b.sql", "create table b ();")
        .script("V3__c.sql", "create table c ();")
        .script("B1__one.sql", "create table a ();")
        .script("B2__two.sql", "create table a (); create table b ();");
  }

  @Test
  void withoutHistoryTheHighestRunsInPlaceOfEverythingUpToItsVersion(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.status().migrations())
        .extracting(s -> s.migration().script() + " " + s.state())
        .containsExactly(
            "V1__a.sql BELOW_BASELINE",
            "B1__one.sql IGNORED",
            "V2__b.sql BELOW_BASELINE",
            "B2__two.sql PENDING",
            "V3__c.sql PENDING");
    assertThat(engine.migrate().migrations())
        .extracting(m -> m.script())
        .containsExactly("B2__two.sql", "V3__c.sql");
    assertThat(database.query(ROWS))
        .containsExactly(
            List.of("2", "baseline", "completed", "B2__two.sql", "t"),
            List.of("3", "versioned", "completed", "V3__c.sql", "t"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.status().migrations())
        .extracting(s -> s.migration().script() + " " + s.state())
        .containsExactly(
            "B2__two.sql BASELINE",
            "V3__c.sql APPLIED",
            "V1__a.sql BELOW_BASELINE",
            "B1__one.sql IGNORED",
            "V2__b.sql BELOW_BASELINE");
    assertThat(engine.rollback(RollbackTarget.downTo("3")).isUpToDate()).isTrue();
  }

  @Test
  void aHistoryIgnoresThem(TestDatabase database) {
    folder.without("B1__one.sql").without("B2__two.sql");
    folder.engine(database).migrate(MigrationTarget.upTo("1"));
    folder.script("B3__three.sql", "nonsense;");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("2", "3");
    assertThat(engine.status().count(MigrationState.IGNORED)).isEqualTo(1);
    // The database has come as far, so the versions that it stands for may go.
    folder.without("V1__a.sql").without("V2__b.sql").without("V3__c.sql");
    folder.script("V4__d.sql", "create table d ();");
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("4");
    assertThat(engine.validate().isValid()).isTrue();
  }

  @Test
  void aDatabaseThatStoppedBeforeItNeedsTheVersionsThatItStandsFor(TestDatabase database) {
    folder.without("B1__one.sql").without("B2__two.sql");
    folder.engine(database).migrate(MigrationTarget.upTo("2"));
    folder.without("V1__a.sql").without("V3__c.sql").script("B3__three.sql", "select 3;");
    folder.script("V4__d.sql", "create table d ();");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("1 a: is applied, but no location holds V1__a.sql");
  }

  @Test
  void theTargetDecidesWhichOneRuns(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.plan(MigrationTarget.upTo("1")).steps())
        .extracting(s -> s.migration().script())
        .containsExactly("B1__one.sql");
    assertThat(engine.plan(MigrationTarget.only("2")).steps())
        .extracting(s -> s.migration().script())
        .containsExactly("B2__two.sql");
    assertThatThrownBy(() -> engine.plan(MigrationTarget.only("3")))
        .hasMessageContaining("2 two: is pending and comes before 3");
    folder.without("B1__one.sql");
    assertThat(engine.plan(MigrationTarget.upTo("1")).steps())
        .extracting(s -> s.migration().script())
        .containsExactly("V1__a.sql");
    assertThat(engine.migrate(MigrationTarget.steps(1)).migrations())
        .extracting(m -> m.script())
        .containsExactly("B2__two.sql");
  }

  @Test
  void oneThatFailedIsTriedAgainAndMayBeTakenBack(TestDatabase database) {
    folder.script("B2__two.sql", "create table a (); nonsense;");
    MigrationEngine engine = folder.engine(database);
    assertThatThrownBy(engine::migrate).hasMessageContaining("B2__two.sql:1:20");
    assertThat(database.query("select version, kind, status from schema_migrations order by 1"))
        .containsExactly(List.of("2", "baseline", "failed"), List.of("3", "versioned", "pending"));
    assertThatThrownBy(engine::migrate).hasMessageContaining("2 two failed");
    folder.without("B2__two.sql").without("B1__one.sql");
    assertThat(engine.migrate().steps()).hasSize(3);
    assertThat(database.query("select version, kind from schema_migrations order by 1"))
        .containsExactly(
            List.of("1", "versioned"), List.of("2", "versioned"), List.of("3", "versioned"));
  }

  @Test
  void anEditedOneStopsWhereItWasRunAndNowhereElse(TestDatabase database) {
    folder.engine(database).migrate();
    folder.script("B1__one.sql", "create table a (x int);");
    assertThat(folder.engine(database).validate().isValid()).isTrue();
    folder.script("B2__two.sql", "create table a (x int); create table b ();");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("B2__two.sql was edited after it was applied");
    folder.engine(database).repair();
    assertThat(folder.engine(database).migrate().isUpToDate()).isTrue();
  }

  @Test
  void aDeclaredBaselineIsAHistoryToo(TestDatabase database) {
    MigrationEngine engine = folder.engine(database);
    engine.baseline("2");
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("3");
    assertThat(engine.status().count(MigrationState.IGNORED)).isEqualTo(2);
  }
}
