package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.ReportStep;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A script that creates the tables in which it is to be recorded itself. */
@PostgresTest
class StateTrackingScriptTest {

  private static final String SCRIPT = """
      -- State tracking
      CREATE TABLE IF NOT EXISTS schema_migrations (
          version TEXT PRIMARY KEY,
          name TEXT NOT NULL,
          applied_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
          checksum TEXT NOT NULL,
          execution_time_ms INTEGER,
          status TEXT NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'running', 'completed', 'failed')),
          error_message TEXT,
          applied_by TEXT DEFAULT CURRENT_USER
      );
      CREATE INDEX IF NOT EXISTS idx_migrations_rolled ON schema_migrations (status, applied_at);
      COMMENT ON INDEX idx_migrations_rolled IS 'for the dashboard';
      CREATE TABLE IF NOT EXISTS public.migration_history (
          id UUID PRIMARY KEY DEFAULT gen_random_uuid(),
          version TEXT NOT NULL,
          action TEXT NOT NULL,
          executed_at TIMESTAMPTZ NOT NULL DEFAULT NOW(),
          execution_time_ms INTEGER,
          status TEXT NOT NULL,
          error_message TEXT,
          executed_by TEXT DEFAULT CURRENT_USER,
          environment TEXT
      );
      DROP VIEW IF EXISTS migration_status_view;
      DROP FUNCTION IF EXISTS get_migration_status();
      CREATE FUNCTION get_migration_status() RETURNS TABLE (version TEXT, status TEXT) LANGUAGE sql
          AS $$ SELECT version, status FROM schema_migrations ORDER BY version $$;
      CREATE OR REPLACE VIEW migration_status_view AS SELECT version, status FROM schema_migrations;
      COMMENT ON TABLE schema_migrations IS 'Tracks the migrations';
      COMMENT ON COLUMN schema_migrations.status IS 'what became of it';
      INSERT INTO schema_migrations (version, name, checksum, status) VALUES ('00', 'Migration State Tracking', '', 'completed')
          ON CONFLICT DO NOTHING;
      """;

  private static final String DOWN = """
      DROP VIEW IF EXISTS migration_status_view;
      DROP FUNCTION IF EXISTS get_migration_status();
      DROP TABLE IF EXISTS migration_history, public.schema_migrations CASCADE;
      DROP TABLE IF EXISTS leftover;
      """;

  @TempDir
  Path path;

  private MigrationFolder folder() {
    return new MigrationFolder(path)
        .script("00_migration_state_tracking.sql", SCRIPT)
        .script("00_migration_state_tracking_rollback.sql", DOWN)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;");
  }

  @Test
  void onAnEmptyDatabaseItIsRecordedAndNothingOfItRuns(TestDatabase database) {
    MigrationEngine engine = folder().engine(database);
    assertThat(engine.plan().steps()).extracting(PlannedStep::statements).containsExactly(0, 1);
    assertThat(engine.plan().notes()).singleElement().asString().contains("nothing of it runs");
    assertThat(engine.migrate().steps())
        .extracting(ReportStep::remark)
        .containsExactly(
            "all of it is about the objects that Migrator keeps itself: nothing of it runs, and it is recorded",
            "");
    assertThat(database.value("select obj_description('schema_migrations'::regclass, 'pg_class')"))
        .isEqualTo("migrator 1.0");
    assertThat(database.value("select to_regclass('idx_migrations_rolled')")).isEqualTo("NULL");
    assertThat(database.query("select version, status, script from migration_status_view"))
        .containsExactly(
            List.of("00", "completed", "00_migration_state_tracking.sql"),
            List.of("01", "completed", "01_a.sql"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.rollback(RollbackTarget.all()).steps()).hasSize(2);
    assertThat(database.query("select * from get_migration_status()")).isEmpty();
    assertThat(database.value("select count(*) from migration_history")).isEqualTo("4");
    assertThat(engine.migrate().steps()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false", "false, false"})
  void whereTheInHouseTablesAreThereItIsRecordedIfItIsNot(
      boolean recorded, boolean later, TestDatabase database) {
    database.execute(SCRIPT);
    if (!recorded) {
      database.execute("delete from schema_migrations");
    }
    if (later) {
      database.execute(
          "create table a (); insert into schema_migrations values ('01', 'a', now(), 'x', 0, 'completed')");
    }
    MigrationEngine engine = folder().engine(database);
    assertThat(engine.migrate().steps()).hasSize(recorded || later ? 1 : 2);
    assertThat(database.query(
            "select version, status, checksum_algorithm from schema_migrations order by 1"))
        .containsExactly(
            List.of("00", "completed", "sha256-lf"), List.of("01", "completed", "sha256-lf"));
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query("select * from get_migration_status()")).hasSize(2);
  }

  @Test
  void theRestOfAMixedScriptRuns(TestDatabase database) {
    MigrationFolder folder = folder()
        .script(
            "00_migration_state_tracking.sql",
            "begin;\ncreate type mood as enum ('ok');\n" + SCRIPT
                + "grant select on schema_migrations to public;\ncreate table b ();\ncommit;")
        .without("00_migration_state_tracking_rollback.sql");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.plan().notes())
        .singleElement()
        .asString()
        .contains("does not run: 00_migration_state_tracking.sql:4:1, ");
    assertThat(engine.migrate().steps()).extracting(ReportStep::statements).containsExactly(3, 1);
    assertThat(database.value("select to_regclass('b')")).isEqualTo("b");
    assertThat(
            database.value("select has_table_privilege('public', 'schema_migrations', 'select')"))
        .isEqualTo("t");
    assertThat(database.value("select obj_description('schema_migrations'::regclass, 'pg_class')"))
        .isEqualTo("migrator 1.0");
  }

  @Test
  void inAnotherSchemaItIsAScriptLikeAnyOther(TestDatabase database) {
    database.execute("create schema tracking; create schema app");
    MigrationFolder folder = folder()
        .without("00_migration_state_tracking_rollback.sql")
        .script(
            "00_migration_state_tracking.sql",
            SCRIPT.replace("public.migration_history", "migration_history"));
    MigrationEngineBuilder builder =
        folder.builder(database.dataSource()).trackingSchema("tracking");
    assertThat(builder.searchPath("app").build().migrate().steps())
        .extracting(ReportStep::statements)
        .containsExactly(11, 1);
    assertThat(database.value("select count(*) from app.schema_migrations")).isEqualTo("1");
    assertThat(database.value("select count(*) from tracking.schema_migrations"))
        .isEqualTo("2");
    TestDatabase other = database.sibling();
    other.execute("create schema tracking");
    assertThat(folder
            .builder(other.dataSource())
            .trackingSchema("tracking")
            .searchPath("tracking")
            .build()
            .migrate()
            .steps())
        .extracting(ReportStep::statements)
        .containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create table if not exists migration_history (bird text) | it creates the table migration_history",
        "create table migration_script (version text) | it creates the table migration_script",
        "create table public.schema_migrations as select 1 | it creates the table public.schema_migrations"
      })
  void anotherTableOfSuchANameIsRefused(String sql, String words, TestDatabase database) {
    MigrationEngine engine =
        new MigrationFolder(path).script("01_a.sql", "select 1;\n" + sql + ";").engine(database);
    for (Runnable operation : List.<Runnable>of(engine::plan, engine::migrate)) {
      assertThatThrownBy(operation::run).isInstanceOfSatisfying(MigrationException.class, e -> {
        assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
        assertThat(e.getMessage()).contains(words, "01_a.sql:2:1", "nothing was run");
      });
    }
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRUNCATE schema_migrations, app; | empties tables that Migrator keeps, together with others",
        "WITH x AS (INSERT INTO schema_migrations (version) VALUES ('1') RETURNING 1) INSERT INTO app SELECT 1; | changes"
            + " rows that Migrator keeps, together with others"
      })
  void whatTouchesOtherTablesTooIsNotPassedOver(
      String statement, String words, TestDatabase database) {
    database.execute("create table app (n int)");
    MigrationFolder folder =
        new MigrationFolder(path).script("00_migration_state_tracking.sql", SCRIPT + statement);
    assertThatThrownBy(() -> folder.engine(database).migrate())
        .isInstanceOfSatisfying(MigrationException.class, e -> {
          assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
          assertThat(e).hasMessageContaining(words);
        });
  }

  @Test
  void aFunctionOfOurNameWithArgumentsIsTheScriptsOwn(TestDatabase database) {
    new MigrationFolder(path)
        .script(
            "00_migration_state_tracking.sql",
            SCRIPT
                + "CREATE FUNCTION get_migration_status(v text) RETURNS text LANGUAGE sql AS 'SELECT $1';")
        .engine(database)
        .migrate();
    assertThat(database.value("select get_migration_status('seen')")).isEqualTo("seen");
  }

  @Test
  void whatOnlyUsesTheTablesOrIsTemporaryRuns(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create temporary table schema_migrations (a int) on commit drop;\ncreate table applied as select version from public.schema_migrations;")
        .script("02_b.sql", "create index mine on schema_migrations (applied_by);");
    assertThat(folder.engine(database).migrate().steps())
        .extracting(ReportStep::remark)
        .containsExactly("", "");
    assertThat(database.value("select to_regclass('mine')")).isEqualTo("mine");
  }
}
