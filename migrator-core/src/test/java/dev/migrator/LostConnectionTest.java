package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.FailurePolicy;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A session that ends in the middle, and the run that goes on. What cuts it is in the scripts; the fault tests cut anywhere. */
@PostgresTest
@Timeout(60)
class LostConnectionTest {

  /** Ends the session that runs it, the first time only: the sequence remembers across the rollback. */
  private static final String CUT_ONCE = """
      do $$ begin
        if nextval('cuts') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
      end $$;
      """;

  @TempDir
  Path path;

  private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void aRunGoesOnAfterItsSessionWasEnded(TestDatabase database) {
    database.execute("create sequence cuts");
    MigrationReport report = new MigrationFolder(path)
        .script("01_a.sql", "create table a (); create table seen (n int);")
        .script("02_b.sql", "create table b (); insert into seen values (2);" + CUT_ONCE)
        .script("03_c.sql", "create table c (); insert into seen values (3);")
        .builder(database.dataSource())
        .listener(events::add)
        .build()
        .migrate();
    assertThat(report.migrations())
        .extracting(m -> m.version().text())
        .containsExactly("01", "02", "03");
    assertThat(database.query("select n from seen order by 1"))
        .containsExactly(List.of("2"), List.of("3"));
    assertThat(
            database.query(
                "select version, action, status, count(*), count(distinct run_id) from migration_history group by 1, 2, 3 order by 1"))
        .containsExactly(
            List.of("01", "apply", "success", "1", "1"),
            List.of("02", "apply", "success", "1", "1"),
            List.of("03", "apply", "success", "1", "1"));
    assertThat(database.value("select count(distinct run_id) from migration_history"))
        .isEqualTo("1");
    assertThat(events).filteredOn(MigrationEvent.Reconnected.class::isInstance).hasSize(1);
    assertThat(events).filteredOn(MigrationEvent.RunStarted.class::isInstance).hasSize(1);
    assertThat(events).filteredOn(MigrationEvent.RunFinished.class::isInstance).hasSize(1);
    assertThat(database.advisoryLocks()).isEmpty();
  }

  @Test
  void aStepsTargetIsNotExceededAfterwards(TestDatabase database) {
    database.execute("create sequence cuts");
    MigrationFolder folder = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "create table b ();" + CUT_ONCE)
        .script("03_c.sql", "create table c ();")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b_rollback.sql", "drop table b;" + CUT_ONCE)
        .script("03_c_rollback.sql", "drop table c;");
    MigrationEngine engine = folder.engine(database);
    assertThat(engine.migrate(MigrationTarget.steps(2)).migrations()).hasSize(2);
    assertThat(database.value("select to_regclass('c')")).isEqualTo("NULL");
    engine.migrate();
    database.execute("select setval('cuts', 1, false)");
    assertThat(engine.rollback(RollbackTarget.steps(2)).migrations()).hasSize(2);
    assertThat(database.query("select version from schema_migrations"))
        .containsExactly(List.of("01"));
  }

  @Test
  void takingBackAFailedRunGoesOnToo(TestDatabase database) {
    database.execute("create sequence cuts");
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "drop table a;")
        .script("02_b.sql", "create table b ();")
        .script("02_b_rollback.sql", "drop table b;" + CUT_ONCE)
        .script("03_c.sql", "select 1 / 0;")
        .script("03_c_rollback.sql", "select 1;")
        .builder(database.dataSource())
        .onFailure(FailurePolicy.ROLL_BACK)
        .listener(events::add)
        .build();
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("division by zero")
        .hasMessageContaining("the run had completed 01 a, 02 b; they were rolled back");
    assertThat(events).filteredOn(MigrationEvent.Reconnected.class::isInstance).hasSize(1);
    assertThat(database.query("select version from schema_migrations where status = 'completed'"))
        .isEmpty();
    assertThat(
            database.query(
                "select version, action from migration_history where status = 'success' order by sequence"))
        .containsExactly(
            List.of("01", "apply"),
            List.of("02", "apply"),
            List.of("02", "rollback"),
            List.of("01", "rollback"));
  }

  @Test
  void aListenerThatCannotSayWhatItWantsBreaksNothing(TestDatabase database) {
    MigrationListener broken = new MigrationListener() {
      @Override
      public void on(MigrationEvent event) {}

      @Override
      public boolean wantsStatements() {
        throw new IllegalStateException("a listener's own trouble");
      }
    };
    assertThat(new MigrationFolder(path)
            .script("01_a.sql", "create table a ();")
            .builder(database.dataSource())
            .listener(broken)
            .build()
            .migrate()
            .migrations())
        .hasSize(1);
  }

  @Test
  void whatEndsItsSessionEveryTimeIsGivenUp(TestDatabase database) {
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .script("02_b.sql", "select pg_terminate_backend(pg_backend_pid()); select pg_sleep(1);")
        .builder(database.dataSource())
        .listener(events::add)
        .build();
    assertThatThrownBy(engine::migrate).isInstanceOfSatisfying(MigrationException.class, e -> {
      assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_LOST);
      assertThat(e).hasMessageContaining("01 a").hasMessageContaining("02 b");
    });
    assertThat(events).filteredOn(MigrationEvent.Reconnected.class::isInstance).hasSize(1);
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("1");
  }

  @Test
  void goingOnCanBeSwitchedOff(TestDatabase database) {
    database.execute("create sequence cuts");
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", "create table a ();" + CUT_ONCE);
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .limits(limits -> limits.reconnect(Duration.ZERO))
        .listener(events::add)
        .build();
    assertThatThrownBy(engine::migrate).hasMessageContaining("the connection was lost");
    assertThat(events).noneMatch(MigrationEvent.Reconnected.class::isInstance);
    assertThat(events).last().isInstanceOf(MigrationEvent.RunFailed.class);
    assertThat(engine.migrate().migrations()).hasSize(1);
  }

  @Test
  void aListenerThatThrowsBreaksNothing(TestDatabase database) {
    MigrationReport report = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .builder(database.dataSource())
        .listener(event -> {
          throw new AssertionError("a listener's own trouble");
        })
        .listener(events::add)
        .build()
        .migrate();
    assertThat(report.migrations()).hasSize(1);
    assertThat(events)
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("RunStarted", "MigrationStarted", "MigrationFinished", "RunFinished");
    assertThat(events).extracting(MigrationEvent::runId).containsOnly(report.runId());
  }
}
