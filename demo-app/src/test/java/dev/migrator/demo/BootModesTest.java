package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One application as a job that migrates, as one that waits for the job, and as one that serves while it migrates. */
@PostgresTest
@Timeout(180)
class BootModesTest {
  private static final String HELD =
      "(('x' || left(encode(sha256('migrator:1:public.schema_migrations'), 'hex'), 16))::bit(64)::bigint)";

  @Test
  void a_job_migrates_and_ends_and_the_application_that_waited_for_it_serves(
      TestDatabase database) {
    try (JavaProcess waiting = demo(database, "MIGRATOR_DATASOURCES_DEFAULT_MODE", "wait")) {
      until(waiting, () -> waiting.output().contains("waits until another runner has applied"));
      try (JavaProcess job = demo(database, "MIGRATOR_RUN_AND_EXIT", "true")) {
        assertThat(job.exitCode()).isZero();
        assertThat(job.output())
            .contains("11 migrations applied")
            .contains("The migrations are done, and the application ends")
            .doesNotContain("Server Running", "\tat ", "ERROR");
      }
      assertThat(waiting.get("/quotes")).isEqualTo(200);
      assertThat(waiting.output()).doesNotContain("migrations applied");
    }
  }

  @Test
  void a_job_that_fails_ends_with_the_code_of_the_failure(TestDatabase database) {
    database.execute("create table customers ()");
    try (JavaProcess job = demo(database, "MIGRATOR_RUN_AND_EXIT", "true")) {
      assertThat(job.exitCode()).isEqualTo(2);
      assertThat(job.output()).contains("[MIGRATION_FAILED]").doesNotContain("Server Running");
    }
  }

  @Test
  void an_application_serves_while_it_migrates_in_the_background(TestDatabase database)
      throws Exception {
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("select pg_advisory_lock" + HELD);
      try (JavaProcess demo = demo(database, "MIGRATOR_DATASOURCES_DEFAULT_BACKGROUND", "true")) {
        assertThat(demo.get("/quotes")).isEqualTo(500);
        assertThat(demo.output())
            .contains("data source default is not ready: it is being migrated (waits for another");
        lock.execute("select pg_advisory_unlock" + HELD);
        until(demo, () -> demo.get("/quotes") == 200);
        assertThat(demo.output()).contains("Data source default is ready.");
      }
    }
  }

  private static void until(JavaProcess demo, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(demo.output()).isLessThan(end);
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private static JavaProcess demo(TestDatabase database, String variable, String value) {
    Map<String, String> variables = new HashMap<>(Map.of(
        "DATASOURCES_DEFAULT_URL", database.jdbcUrl(),
        "DATASOURCES_DEFAULT_USERNAME", database.user(),
        "DATASOURCES_DEFAULT_PASSWORD", database.password(),
        "MIGRATOR_ENVIRONMENT", "test"));
    variables.put(variable, value);
    return JavaProcess.explodedDemo(variables);
  }
}
