package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.StatusReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demo's migrations with nothing but the engine: no framework, any DataSource. */
@PostgresTest
class MigrationsTest {
  private static final int ALL = 11;

  private static final String OWN_TABLES = """
      SELECT string_agg(relname, ' ' ORDER BY relname COLLATE "C")
        FROM pg_class
       WHERE relnamespace = 'public'::regnamespace
         AND relkind IN ('r', 'v')
         AND relname !~ '^(schema_migrations$|migration_)'
      """;

  @Test
  void up_down_and_up_again(TestDatabase database) {
    MigrationEngine engine = MigrationEngine.builder()
        .dataSource(database.dataSource())
        .locations("classpath:db/migration")
        .environment(Environment.TEST)
        .build();

    MigrationReport applied = engine.migrate();
    StatusReport status = engine.status();
    MigrationReport undone = engine.rollback(RollbackTarget.steps(3));

    assertThat(applied.steps()).hasSize(ALL);
    assertThat(status.count(MigrationState.APPLIED)).isEqualTo(ALL);
    assertThat(undone.migrations())
        .extracting(migration -> migration.version().text())
        .containsExactly("0011", "0010", "0009");
    assertThat(database.value("SELECT to_regclass('invoice_balances')")).isEqualTo("NULL");

    engine.rollback(RollbackTarget.all());
    assertThat(database.value(OWN_TABLES)).isEqualTo("NULL");

    assertThat(engine.migrate().steps()).hasSize(ALL);
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(database.query("SELECT number, status FROM invoices ORDER BY number"))
        .containsExactly(List.of("I-2026-0001", "paid"), List.of("I-2026-0002", "open"));
  }

  @Test
  void every_migration_can_be_taken_back_and_has_its_header(TestDatabase database) {
    MigrationEngine engine = MigrationEngine.builder()
        .dataSource(database.dataSource())
        .environment(Environment.TEST)
        .build();

    assertThat(engine.status().migrations()).hasSize(ALL).allMatch(m -> m.rollback());
    assertThat(engine.plan().steps().stream().filter(step -> !step.transactional()))
        .singleElement()
        .satisfies(step -> {
          assertThat(step.migration().name()).isEqualTo("index_payments_by_day");
          assertThat(step.reason()).contains("CREATE INDEX CONCURRENTLY");
        });
  }
}
