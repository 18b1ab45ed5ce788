package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.report.LintReport;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.Violation;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What configuration says of lint, destruction, backup, checks and runs reaches the engine. */
@PostgresTest
class GatesAtBootTest {
  private static final String PREFIX = "migrator.datasources.default.";

  @TempDir
  Path folder;

  @BeforeEach
  void table(TestDatabase database) {
    database.execute("CREATE TABLE towns (id int PRIMARY KEY, name text)");
  }

  @Test
  void by_default_the_report_has_what_the_lint_finds_and_nothing_is_stopped(TestDatabase database)
      throws IOException {
    script("01_index.sql", "CREATE INDEX towns_name ON towns (name);");
    assertThat(found(applied(boot(database)))).contains("index-not-concurrent");
  }

  @Test
  void rules_can_be_left_out_and_nobody_need_look(TestDatabase database) throws IOException {
    script("01_index.sql", "CREATE INDEX towns_name ON towns (name);");
    assertThat(
            found(applied(boot(database).with(PREFIX + "disabled-rules", "index-not-concurrent"))))
        .doesNotContain("index-not-concurrent");
    script("02_index.sql", "CREATE INDEX towns_name_again ON towns (name, id);");
    assertThat(found(applied(boot(database).with(PREFIX + "lint", "off"))))
        .doesNotContain("index-not-concurrent");
  }

  @Test
  void destruction_is_warned_of_in_development_and_blocked_where_that_is_said(TestDatabase database)
      throws IOException {
    script("01_drop.sql", "DROP TABLE towns;");
    assertThat(boot(database).with(PREFIX + "destructive", "block").failure().code())
        .isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
    assertThat(database.value("SELECT to_regclass('towns')")).isEqualTo("towns");
    assertThat(applied(boot(database)).steps()).hasSize(1);
  }

  @Test
  void a_check_query_that_returns_a_row_ends_the_boot_where_it_is_required(TestDatabase database)
      throws IOException {
    script("01_town.sql", "INSERT INTO towns VALUES (1, 'nowhere');");
    assertThat(boot(database)
            .with(PREFIX + "check-queries.nowhere", "SELECT id FROM towns WHERE name = 'nowhere'")
            .with(PREFIX + "postflight", "require")
            .failure()
            .code())
        .isEqualTo(FailureCode.POSTFLIGHT_FAILED);
  }

  @Test
  void a_run_is_done_in_the_way_and_in_the_name_that_are_said(TestDatabase database)
      throws IOException {
    script("01_a.sql", "CREATE TABLE a AS SELECT current_setting('TimeZone') AS zone;");
    script("02_b.sql", "SELECT no_such_function();");
    Boot boot = boot(database)
        .with(PREFIX + "single-transaction", true)
        .with(PREFIX + "time-zone", "Asia/Tokyo")
        .with(PREFIX + "applied-by", "the boot");
    assertThat(boot.failure().code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(database.value("SELECT to_regclass('a')")).isEqualTo("NULL");

    script("02_b.sql", "SELECT 1;");
    assertThat(applied(boot.with(PREFIX + "stepwise", true)).steps()).hasSize(2);
    assertThat(database.value("SELECT zone FROM a")).isEqualTo("Asia/Tokyo");
    assertThat(database.value("SELECT DISTINCT applied_by FROM schema_migrations"))
        .isEqualTo("the boot");
  }

  @Test
  void a_backup_that_cannot_be_taken_ends_the_boot_before_anything_runs(TestDatabase database)
      throws IOException {
    script("01_a.sql", "CREATE TABLE a ();");
    StartupFailure failure = boot(database)
        .with(PREFIX + "backup", "always")
        .with(PREFIX + "backup-directory", folder.resolve("backups").toString())
        .with(PREFIX + "backup-programs", folder.resolve("nowhere").toString())
        .failure();
    assertThat(failure.message()).contains("pg_dump");
    assertThat(database.value("SELECT to_regclass('a')")).isEqualTo("NULL");
  }

  @ParameterizedTest
  @CsvSource({
    "lint, perhaps",
    "destructive, perhaps",
    "disabled-rules, no-such-rule",
    "review-window, 25h",
    "review-window, soon",
    "backup, sometimes",
    "backup-format, zip",
    "backup-jobs, 65",
    "backup-keep, -1",
    "backup-encrypt, AGE-SECRET-KEY-1",
    "blocked, -1s",
    "busy-connections, 101",
    "large-table, -1",
    "check-timeout, 0s",
    "duplicates, perhaps",
  })
  void words_that_mean_nothing_are_refused(String key, String value, TestDatabase database)
      throws IOException {
    script("01_a.sql", "CREATE TABLE a ();");
    assertThat(boot(database).with(PREFIX + key, value).failure().message())
        .contains(key.equals("disabled-rules") ? value : key)
        .doesNotContain("AGE-SECRET-KEY");
    assertThat(database.value("SELECT to_regclass('a')")).isEqualTo("NULL");
  }

  private static List<String> found(MigrationReport report) {
    LintReport lint = report.safety().lint();
    return lint == null
        ? List.of()
        : lint.violations().stream().map(Violation::rule).toList();
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  private Boot boot(TestDatabase database) {
    return new Boot()
        .dataSource("default", database)
        .with(PREFIX + "locations", "filesystem:" + folder);
  }

  private static MigrationReport applied(Boot boot) {
    try (ApplicationContext context = boot.start()) {
      return Objects.requireNonNull(
          context.getBean(MigratedDataSources.class).all().get(0).status().report());
    }
  }
}
