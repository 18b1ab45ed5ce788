package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.MigrationStatus;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
class OperationsTest {

  @TempDir
  Path path;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM get_migration_status()",
        "SELECT * FROM migration_status_view",
        "SELECT * FROM migration_history ORDER BY executed_at DESC LIMIT 10",
        "SELECT * FROM schema_migrations WHERE status = 'failed'",
        "SELECT * FROM schema_migrations WHERE version = '01'",
        "SELECT version, error_message, execution_time_ms FROM schema_migrations WHERE status = 'failed'"
      })
  void whatOperatorsTypeWorksVerbatim(String sql, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "nonsense;");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .isInstanceOf(MigrationException.class);
    assertThat(database.query(sql)).hasSize(sql.contains("WHERE") ? 1 : 2);
  }

  @Test
  void theStatusColumnsAreFrozen(TestDatabase database) {
    new MigrationFolder(path).script("01_a.sql", "select 1;").engine(database).migrate();
    String columns =
        "select string_agg(attname, ' ' order by attnum) from pg_attribute where attrelid = 'migration_status_view'::regclass";
    assertThat(database.value(columns))
        .isEqualTo(
            "version name status applied_at execution_time_ms applied_by error_message checksum script");
    assertThat(database.query("select version, name, status, script from get_migration_status()"))
        .containsExactly(List.of("01", "a", "completed", "01_a.sql"));
  }

  @Test
  void aRunShowsWhatIsToCome(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("1_a.sql", "create table saw as select version, status from migration_status_view;")
        .script("2_b.sql", "nonsense;")
        .script("10_c.sql", "select 1;");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .isInstanceOf(MigrationException.class);
    assertThat(database.query("select * from saw"))
        .containsExactly(
            List.of("1", "pending"), List.of("2", "pending"), List.of("10", "pending"));
    assertThat(database.query("select version, status from get_migration_status()"))
        .containsExactly(
            List.of("1", "completed"), List.of("2", "failed"), List.of("10", "pending"));
    folder.without("10_c.sql").script("2_b.sql", "select 1;").engine(database).migrate();
    assertThat(database.query("select version, status from get_migration_status()"))
        .containsExactly(List.of("1", "completed"), List.of("2", "completed"));
  }

  @Test
  void statusTellsEveryState(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select 1;")
        .script("01_a_rollback.sql", "select 1;")
        .script("03_c.sql", "select 3;");
    folder.engine(database).migrate();
    folder
        .script("03_c.sql", "select 33;")
        .script("02_b.sql", "select 2;")
        .script("04_d.sql", "select 4;");
    assertThat(folder.engine(database).status().migrations())
        .extracting(s -> s.migration().id() + " " + s.state() + " " + s.rollback())
        .containsExactly(
            "01 APPLIED true", "03 EDITED false", "02 OUT_OF_ORDER false", "04 PENDING false");
    MigrationStatus first = folder.engine(database).status().migrations().get(0);
    assertThat(first.appliedBy()).isEqualTo("tester");
    assertThat(first.appliedAt()).isNotNull();
    assertThat(folder.engine(database).validate().mismatches()).hasSize(2);
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .isInstanceOf(MigrationValidationException.class);
  }

  @Test
  void anObserverMayReadTheStatusWithoutTheDownScripts(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select 1;")
        .script("01_a_rollback.sql", "select 1;");
    folder.engine(database).migrate();
    folder.without("01_a_rollback.sql");
    TestRole observer = database.createRole();
    database.execute("grant select on schema_migrations to " + observer.name());
    assertThat(folder.builder(database.dataSource(observer)).build().status().migrations())
        .extracting(MigrationStatus::rollback)
        .containsExactly(false);
    database.execute("revoke select on schema_migrations from " + observer.name());
  }

  @ParameterizedTest
  @EnumSource(
      value = Environment.class,
      names = {"PRODUCTION", "UNKNOWN"})
  void productionAndWhatNobodyNamedNeedAConfirmation(
      Environment environment, TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;");
    MigrationEngineBuilder builder = folder.builder(database.dataSource()).environment(environment);
    MigrationEngine unconfirmed = builder.confirmProduction(false).build();
    assertThatThrownBy(unconfirmed::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
      assertThat(e.getMessage())
          .contains("apply 01 a", "CONFIRM_PRODUCTION_MIGRATION=true", "nothing was changed");
      assertThat(e.getMessage().contains(".environment(Environment.DEVELOPMENT)"))
          .isEqualTo(environment == Environment.UNKNOWN);
    });
    assertThat(database.value(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
    assertThat(unconfirmed.plan().steps()).hasSize(1);

    builder.confirmProduction(true).build().migrate();
    assertThat(database.value("select environment from migration_history"))
        .isEqualTo(environment.stored());
    assertThat(unconfirmed.migrate().isUpToDate()).isTrue();
    assertThatThrownBy(() -> unconfirmed.rollback(RollbackTarget.all()))
        .hasMessageContaining("PRODUCTION_UNCONFIRMED");
    folder.script("01_a.sql", "create table a (b int);");
    assertThatThrownBy(unconfirmed::repair).hasMessageContaining("PRODUCTION_UNCONFIRMED");
    assertThatThrownBy(() -> builder.confirmProduction(true).build().reapply("01"))
        .hasMessageContaining("development and test only");
  }

  @Test
  void environmentAndAuthorComeFromTheirSourcesInOrder(TestDatabase database) {
    assertThat(environment(Map.of(), List.of())).isEqualTo(Environment.UNKNOWN);
    assertThat(environment(Map.of("NODE_ENV", "development"), List.of()))
        .isEqualTo(Environment.DEVELOPMENT);
    assertThat(environment(Map.of("NODE_ENV", "development"), List.of("cloud", "staging")))
        .isEqualTo(Environment.STAGING);
    assertThat(environment(Map.of("NODE_ENV", "development"), List.of("dev", "production")))
        .isEqualTo(Environment.PRODUCTION);
    assertThat(environment(
            Map.of("MIGRATOR_ENVIRONMENT", "prod-eu", "NODE_ENV", "test"), List.of("dev")))
        .isEqualTo(Environment.UNKNOWN);
    assertThat(new Surroundings(Map.of("MIGRATOR_ENVIRONMENT", "prod"))
            .environment(Environment.TEST, List.of()))
        .isEqualTo(Environment.TEST);
    assertThat(new Surroundings(Map.of("GITHUB_ACTOR", "octo")).appliedBy(null)).isEqualTo("octo");
    assertThat(new Surroundings(Map.of("GITHUB_ACTOR", "octo")).appliedBy("me")).isEqualTo("me");
    assertThat(new Surroundings(Map.of("HOSTNAME", "box")).appliedBy(null))
        .isEqualTo(System.getProperty("user.name") + "@box");
    assertThat(confirmed("TRUE", null)).isTrue();
    assertThat(confirmed("yes", null)).isFalse();
    assertThat(confirmed("true", false)).isFalse();
  }

  private static boolean confirmed(String variable, @Nullable Boolean setting) {
    return new Surroundings(Map.of("CONFIRM_PRODUCTION_MIGRATION", variable))
        .confirmation(setting, null, null)
        .everything();
  }

  @Test
  void anOlderReleaseUndoesANewerMigrationWithItsStoredScript(TestDatabase database) {
    MigrationFolder newer = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b.sql", "create table b ();")
        .script("02_b_rollback.sql", "drop table b;");
    newer.engine(database).migrate();
    MigrationFolder older = newer.without("02_b.sql").without("02_b_rollback.sql");
    assertThat(older.engine(database).migrate().future())
        .extracting(m -> m.label())
        .containsExactly("02 b");

    MigrationReport report = older.engine(database).rollback(RollbackTarget.downTo("01"));
    assertThat(report.migrations()).extracting(m -> m.id()).containsExactly("02");
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
    assertThat(older.engine(database).rollback(RollbackTarget.downTo("01")).isUpToDate())
        .isTrue();
  }

  @Test
  void aDownScriptThatWasEditedSinceGivesWayToTheStoredOne(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;");
    folder.engine(database).migrate();
    folder.script("01_a_rollback.sql", "drop table something_else;");
    folder.engine(database).rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void aRollbackIsRefusedWithTheListOfWhatHasNoDownScript(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select 1;")
        .script("02_b.sql", "create table b ();")
        .script("02_b_rollback.sql", "drop table b;")
        .script("03_c.sql", "select 3;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.all()))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.ROLLBACK_IMPOSSIBLE);
          assertThat(e.getMessage()).contains("03 c, 01 a", "nothing was rolled back");
        });
    assertThat(database.value("select to_regclass('b')")).isEqualTo("b");
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.downTo("9")))
        .hasMessageContaining("version 9 is not applied");
    // One that came later is as good.
    folder.script("03_c_rollback.sql", "select 1;");
    assertThat(engine.planRollback(RollbackTarget.steps(2)).steps())
        .extracting(s -> s.migration().id())
        .containsExactly("03", "02");
    assertThat(engine.rollback(RollbackTarget.steps(2)).steps()).hasSize(2);
  }

  @Test
  void aFailedRollbackChangesNothing(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;\ndrop table nowhere;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.all()))
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.ROLLBACK_FAILED);
          assertThat(e.getMessage()).contains("01_a_rollback.sql:2:1", "left nothing behind");
        });
    assertThat(database.query("select status, action from schema_migrations"))
        .containsExactly(List.of("completed", "apply"));
    assertThat(database.query("select action, status from migration_history order by sequence"))
        .containsExactly(List.of("apply", "success"), List.of("rollback", "failed"));
  }

  @Test
  void aBaselineIsSetOnceOnADatabaseThatHasNoHistory(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b ();")
        .script("03_c.sql", "create table c ();");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.baseline("02").steps()).hasSize(1);
    assertThat(engine.baseline("2").isUpToDate()).isTrue();
    assertThat(engine.migrate().migrations()).extracting(m -> m.id()).containsExactly("03");
    assertThatThrownBy(() -> engine.baseline("01")).hasMessageContaining("CONFIGURATION_INVALID");
    assertThat(engine.status().migrations())
        .extracting(s -> s.state())
        .containsExactly(
            MigrationState.BASELINE,
            MigrationState.APPLIED,
            MigrationState.BELOW_BASELINE,
            MigrationState.BELOW_BASELINE);
    folder.script("03_c_rollback.sql", "drop table c;");
    assertThat(engine.rollback(RollbackTarget.downTo("02")).migrations())
        .extracting(m -> m.id())
        .containsExactly("03");
    assertThat(engine.rollback(RollbackTarget.all()).isUpToDate()).isTrue();
  }

  @Test
  void repairAcceptsEditsAndIsWrittenToTheHistory(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    assertThat(engine.repair().isUpToDate()).isTrue();
    folder.script("01_a.sql", "select 11;");
    assertThatThrownBy(engine::migrate).hasMessageContaining("was edited after it was applied");
    engine.repair();
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query(
            "select action, details ->> 'remark' from migration_history order by sequence"))
        .containsExactly(
            List.of("apply", "NULL"),
            List.of("repair", "accepted the present content of 01_a.sql"));
  }

  @Test
  void anAppliedMigrationCanBeRunOnceMoreInDevelopment(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table if not exists runs (n int); insert into runs values (1);")
        .script("02_b.sql", "select 1;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();
    folder.script(
        "01_a.sql", "create table if not exists runs (n int); insert into runs values (2);");
    assertThat(engine.reapply("1").steps()).hasSize(1);
    assertThat(database.value("select string_agg(n::text, ' ' order by n) from runs"))
        .isEqualTo("1 2");
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query("select version, applied_rank from schema_migrations order by 1"))
        .containsExactly(List.of("01", "1"), List.of("02", "2"));
    assertThatThrownBy(() -> engine.reapply("7")).hasMessageContaining("version 7 is not applied");
  }

  @Test
  void aTargetStopsTheRun(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "select 1;")
        .script("02_b.sql", "select 1;")
        .script("03_c.sql", "select 1;");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.migrate(MigrationTarget.upTo("1")).steps()).hasSize(1);
    assertThat(engine.migrate(MigrationTarget.upTo("1")).isUpToDate()).isTrue();
    assertThat(engine.migrate(MigrationTarget.only("02")).steps()).hasSize(1);
    assertThat(engine.migrate(MigrationTarget.steps(5)).steps()).hasSize(1);
  }

  @Test
  void twoApplicationsInOneDatabaseKeepTheirOwnTables(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path).script("01_a.sql", "select 1;");
    folder.engine(database).migrate();
    folder.builder(database.dataSource()).trackingTable("billing").build().migrate();
    assertThat(database.query("select * from get_billing_status()")).hasSize(1);
    assertThat(database.query("select * from billing_status_view")).hasSize(1);
    assertThat(database.value("select count(*) from billing_history")).isEqualTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serializable", "repeatable read", "read committed"})
  void anOrdinaryRoleIsEnoughUnderAnyDefaultIsolation(String isolation, TestDatabase database) {
    TestRole role = database.createRole();
    database.execute("grant create on schema public to " + role.name() + "; alter database "
        + database.name() + " set default_transaction_isolation = '" + isolation + "'");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a (b int); set work_mem = '5MB'; select 1;")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_i.sql", "create index concurrently i on a (b);")
        .script("02_i_rollback.sql", "drop index concurrently i;");
    MigrationEngine engine = folder.builder(database.dataSource(role)).build();
    assertThat(engine.migrate().steps()).hasSize(2);
    assertThat(engine.rollback(RollbackTarget.all()).steps()).hasSize(2);
    assertThat(engine.status().migrations()).hasSize(2);
  }

  @Test
  void everyPendingScriptIsReadBeforeAnythingRuns(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "select 'open;");
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .hasMessageContaining("02_b.sql:1:8");
    assertThat(database.value(
            "select count(*) from pg_class where relnamespace = 'public'::regnamespace"))
        .isEqualTo("0");
  }

  @Test
  void settingsAreCheckedWhenTheyAreMade() {
    assertThatThrownBy(() -> MigrationEngine.builder().build())
        .hasMessageContaining("CONFIGURATION_INVALID");
    assertThatThrownBy(() -> MigrationEngine.builder().locations(List.of()))
        .hasMessageContaining("CONFIGURATION_INVALID");
    assertThatThrownBy(() -> MigrationEngine.builder().trackingTable("x".repeat(60)))
        .hasMessageContaining("1 to 47 bytes");
    assertThatThrownBy(() -> MigrationEngine.builder().trackingSchema(""))
        .hasMessageContaining("CONFIGURATION_INVALID");
  }

  private static Environment environment(Map<String, String> variables, List<String> names) {
    return new Surroundings(variables).environment(null, names);
  }
}
