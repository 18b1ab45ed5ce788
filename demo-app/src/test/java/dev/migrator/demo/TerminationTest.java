package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An application that is told to end, as an orchestrator does it: while it migrates, and when it serves. */
@PostgresTest
@Timeout(180)
class TerminationTest {
  private static final int TERMINATED = 143;

  @TempDir
  Path scripts;

  @Test
  void while_it_migrates_the_migration_is_cancelled_and_leaves_nothing(TestDatabase database)
      throws Exception {
    script("0001_a.sql", "create table a ();");
    script("0002_b.sql", "create table b (); select pg_sleep(100);");
    try (JavaProcess demo = demo(database)) {
      while (database
          .query(
              "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")
          .isEmpty()) {
        assertThat(demo.output()).doesNotContain("ERROR");
        TimeUnit.MILLISECONDS.sleep(20);
      }
      assertThat(demo.terminate()).isEqualTo(TERMINATED);
      assertThat(demo.output())
          .contains("The process is told to end")
          .contains("The application does not start: data source default was not migrated:\n"
              + "[CANCELLED] the run was cancelled.\n")
          .contains("0002 b left nothing behind.")
          .doesNotContain("\tat ", "Server Running")
          .containsOnlyOnce("ERROR");
    }
    assertThat(database.query("select to_regclass('a'), to_regclass('b')"))
        .containsExactly(List.of("a", "NULL"));
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void once_it_serves_the_migrations_have_no_part_in_it(TestDatabase database) throws Exception {
    script("0001_a.sql", "create table a ();");
    try (JavaProcess demo = demo(database)) {
      demo.url();
      assertThat(demo.terminate()).isEqualTo(TERMINATED);
      assertThat(demo.output()).contains("1 migration applied").doesNotContain("told to end");
    }
  }

  private JavaProcess demo(TestDatabase database) {
    return JavaProcess.explodedDemo(Map.of(
        "DATASOURCES_DEFAULT_URL", database.jdbcUrl(),
        "DATASOURCES_DEFAULT_USERNAME", database.user(),
        "DATASOURCES_DEFAULT_PASSWORD", database.password(),
        "MIGRATOR_ENVIRONMENT", "test",
        "MIGRATOR_DATASOURCES_DEFAULT_LOCATIONS", "filesystem:" + scripts));
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(scripts.resolve(name), sql);
  }
}
