package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a script leaves in the session is named, and the next one does not see it. */
@PostgresTest
class SessionStateTest {

  @TempDir
  Path path;

  @Test
  void everyLeakIsNamedAndUndone(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_leaks.sql",
            "create schema other; set search_path = other; set work_mem = '3MB'; select set_config('lock_timeout', '5s', false);\n"
                + "create temporary table scratch (a int); prepare p as select 1; listen news;\n"
                + "declare c cursor with hold for select 1; select pg_advisory_lock(42); select pg_advisory_lock_shared(1, -2);\n"
                + "set role pg_monitor;")
        .script(
            "02_looks.sql",
            "create table saw as select current_setting('search_path') s, current_setting('work_mem') w,"
                + " current_setting('lock_timeout') l, current_setting('role') r, to_regclass('scratch') t,"
                + " (select count(*) from pg_prepared_statements where from_sql) p, (select count(*) from pg_cursors where is_holdable) c,"
                + " (select count(*) from pg_listening_channels()) n,"
                + " (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) a,"
                + " current_setting('TimeZone') z;");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.steps().get(0).leaked())
        .contains(
            "search_path",
            "work_mem",
            "lock_timeout",
            "role",
            "temporary table scratch",
            "prepared statement p",
            "LISTEN news",
            "cursor c",
            "advisory lock");
    assertThat(report.notes())
        .singleElement()
        .asString()
        .contains("01 leaks left session state behind");
    assertThat(report.steps().get(1).leaked()).isEmpty();
    assertThat(database.query("select * from saw"))
        .containsExactly(
            List.of("\"$user\", public", "4MB", "3s", "none", "NULL", "0", "0", "0", "1", "UTC"));
  }

  @Test
  void settingsThatAreLocalOrRecordedTwiceAreNoLeak(TestDatabase database) {
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "set local work_mem = '3MB'; reset all; select 1; create temp table x (a int) on commit drop;");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.steps().get(0).leaked()).isEmpty();
    assertThat(report.notes()).isEmpty();
  }

  @Test
  void everyScriptBeginsWithTheConfiguredSearchPathAndTimeZone(TestDatabase database) {
    database.execute("create schema \"my app\"; create schema ext");
    MigrationFolder folder = new MigrationFolder(path)
        .script(
            "01_a.sql",
            "create table a as select current_setting('TimeZone') z; set search_path = public;")
        .script(
            "02_b.sql",
            "create table b (); create index concurrently on b ((1)); create table c as select current_setting('TimeZone') z;");
    folder
        .builder(database.dataSource())
        .searchPath("my app", "ext")
        .timeZone("Europe/Berlin")
        .trackingSchema("migrator")
        .createTrackingSchema(true)
        .build()
        .migrate();
    assertThat(
            database.value(
                "select string_agg(tablename, ' ' order by tablename) from pg_tables where schemaname = 'my app'"))
        .isEqualTo("a b c");
    assertThat(database.query("select z from \"my app\".a union all select z from \"my app\".c"))
        .containsExactly(List.of("Europe/Berlin"), List.of("Europe/Berlin"));
    assertThat(database.value("select count(*) from migrator.schema_migrations"))
        .isEqualTo("2");
    assertThat(database.value("select count(*) from pg_tables where schemaname = 'public'"))
        .isEqualTo("0");
  }

  @Test
  void aScriptThatGivesUpItsRoleIsRecordedAllTheSame(TestDatabase database) {
    database.execute("create schema app");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "set role pg_read_all_data; select 1;")
        .script("02_b.sql", "set session authorization pg_database_owner; select current_user;");
    MigrationReport report = folder.engine(database).migrate();
    assertThat(report.steps())
        .extracting(s -> s.leaked())
        .containsExactly(List.of("role"), List.of("session_authorization"));
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("2");
  }
}
