package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes, not threads: what happens when sixteen instances of an application start at once. */
@Tag("any-server")
@PostgresTest
class ManyProcessesTest {

  @TempDir
  Path path;

  @Test
  void sixteenProcessesOnAnEmptyDatabaseApplyEachMigrationOnce(TestDatabase database)
      throws Exception {
    MigrationFolder folder =
        new MigrationFolder(path).script("000_runs.sql", "create table runs (n int);");
    for (int i = 1; i <= 30; i++) {
      folder.script(
          "%03d_t.sql".formatted(i),
          "create table t%d (); insert into runs values (%d);".formatted(i, i));
    }
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      ProcessBuilder builder = new ProcessBuilder(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
          "dev.migrator.cli.MigratorCommand",
          "migrate",
          "--location",
          "filesystem:" + path,
          "--environment",
          "test");
      var dataSource = database.dataSource();
      builder
          .environment()
          .put(
              "DATABASE_URL",
              "postgresql://" + dataSource.getServerNames()[0] + ":"
                  + dataSource.getPortNumbers()[0] + "/" + database.name());
      builder.environment().put("MIGRATOR_NO_LOG_FILES", "true");
      builder.environment().put("PGUSER", database.user());
      builder.environment().put("PGPASSWORD", database.password());
      processes.add(builder
          .redirectErrorStream(true)
          .redirectOutput(path.resolve("out" + i + ".txt").toFile())
          .start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(processes).extracting(Process::exitValue).containsOnly(0);
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo("30 30");
    assertThat(
            database.value(
                "select count(*) from migration_history where status = 'success' and action <> 'fingerprint'"))
        .isEqualTo("31");
  }
}
