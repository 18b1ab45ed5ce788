package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PgBouncer;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real PgBouncer in transaction pooling, with fewer server connections than clients and the driver's defaults. */
@PostgresTest
@RequiresProgram("pgbouncer")
@Timeout(120)
class PooledTest {

  private static final int INSTANCES = 16;
  private static final int MIGRATIONS = 20;

  @TempDir
  Path folder;

  @Test
  void sixteenInstancesThroughFourServerConnectionsApplyEachMigrationOnce(TestDatabase database)
      throws Exception {
    write();
    try (PgBouncer pooler = PgBouncer.pooling(database, 4)) {
      assertThat(appliedByAll(pooler)).isEqualTo(MIGRATIONS);
    }
    assertThat(database.value("select count(*) || ' ' || count(distinct n) from runs"))
        .isEqualTo(MIGRATIONS + " " + MIGRATIONS);
    assertThat(database.query("select distinct status from schema_migrations"))
        .containsExactly(List.of("completed"));
    assertThat(
            database.value(
                "select count(*) || ' ' || count(distinct version) from migration_history where action = 'apply' and status = 'success'"))
        .isEqualTo(MIGRATIONS + " " + MIGRATIONS);
  }

  @Test
  void nothingStaysBehindInThePoolForItsNextClient(TestDatabase database) throws Exception {
    write();
    try (PgBouncer pooler = PgBouncer.pooling(database, 1)) {
      List<String> before = settings(pooler);
      MigrationEngine engine = engine(pooler);
      engine.migrate();
      assertThat(settings(pooler)).isEqualTo(before);
      assertThat(database.advisoryLocks()).isEmpty();
    }
  }

  private void write() throws IOException {
    Files.writeString(
        folder.resolve("001_runs.sql"), "create table runs (n int); insert into runs values (1);");
    for (int i = 2; i <= MIGRATIONS; i++) {
      Files.writeString(
          folder.resolve("%03d_t.sql".formatted(i)),
          "create table t%d (); insert into runs values (%d);".formatted(i, i));
    }
  }

  private MigrationEngine engine(PgBouncer pooler) {
    return MigrationEngine.builder()
        .dataSource(pooler.dataSource())
        .locations("filesystem:" + folder)
        .environment(Environment.TEST)
        .lockWait(Duration.ofSeconds(60))
        .build();
  }

  private int appliedByAll(PgBouncer pooler) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    try {
      List<Future<MigrationReport>> runs = new ArrayList<>();
      for (int i = 0; i < INSTANCES; i++) {
        runs.add(threads.submit(() -> engine(pooler).migrate()));
      }
      int applied = 0;
      for (Future<MigrationReport> run : runs) {
        applied += run.get().steps().size();
      }
      return applied;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What the one server connection is set to. TimeZone and the like belong to each client: the pooler puts them right. */
  private static List<String> settings(PgBouncer pooler) throws Exception {
    List<String> settings = new ArrayList<>();
    try (var connection = pooler.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("""
            select name || '=' || setting from pg_settings
             where name in ('lock_timeout', 'statement_timeout', 'search_path', 'standard_conforming_strings', 'TimeZone',
                            'tcp_keepalives_idle', 'client_connection_check_interval', 'application_name', 'role')
             order by name
            """)) {
      while (rows.next()) {
        settings.add(rows.getString(1));
      }
    }
    return settings;
  }
}
