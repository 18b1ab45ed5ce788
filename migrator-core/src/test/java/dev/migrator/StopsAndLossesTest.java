package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How a run ends, or goes on, where it is less plain than one failed statement or one lost connection. */
@PostgresTest
@Timeout(60)
class StopsAndLossesTest {

  private static final String CUT = """
      create function cut(what text) returns void language plpgsql as $$ begin
        if nextval(what) = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
      end $$;
      create sequence one; create sequence two; create table seen (n int);
      """;

  @TempDir
  Path path;

  private final List<MigrationEvent> events = new CopyOnWriteArrayList<>();

  @Test
  void whatFailsAtTheCommonCommitHasFailedForEachMigration(TestDatabase database) {
    MigrationEngine engine = new MigrationFolder(path)
        .script("01_a.sql", "create table a (v int unique deferrable initially deferred);")
        .script("02_b.sql", "insert into a values (1), (1);")
        .builder(database.dataSource())
        .transactionMode(TransactionMode.SINGLE)
        .listener(events::add)
        .build();
    assertThatThrownBy(engine::migrate).hasMessageContaining("at COMMIT");
    assertThat(events)
        .filteredOn(MigrationEvent.MigrationStarted.class::isInstance)
        .hasSize(2);
    assertThat(events)
        .filteredOn(MigrationEvent.MigrationFailed.class::isInstance)
        .extracting(
            event -> ((MigrationEvent.MigrationFailed) event).migration().id())
        .containsExactly("01", "02");
    assertThat(database.query("select version, status from schema_migrations order by 1"))
        .containsExactly(List.of("01", "failed"), List.of("02", "failed"));
  }

  @Test
  void aMigrationThatComesFurtherMayLoseItsConnectionMoreThanOnce(TestDatabase database) {
    database.execute(CUT);
    MigrationReport report = new MigrationFolder(path)
        .script("01_a.sql", """
            -- migrator: transaction=off
            insert into seen values (1);
            select cut('one');
            insert into seen values (2);
            select cut('two');
            insert into seen values (3);
            """)
        .builder(database.dataSource())
        .listener(events::add)
        .build()
        .migrate();
    assertThat(report.migrations()).hasSize(1);
    assertThat(events).filteredOn(MigrationEvent.Reconnected.class::isInstance).hasSize(2);
    assertThat(database.query("select n from seen order by 1"))
        .containsExactly(List.of("1"), List.of("2"), List.of("3"));
  }

  @Test
  void aServerThatEndsSessionsBeforeTheWorkGoesOnIsNotTheMigrationsDoing(TestDatabase database) {
    database.execute(CUT);
    MigrationReport report = new MigrationFolder(path)
        .script("01_a.sql", "insert into seen values (1); select cut('one');")
        .builder(database.dataSource())
        .listener(event -> {
          events.add(event);
          if (event instanceof MigrationEvent.Reconnected && reconnections() < 4) {
            database.execute("select pg_terminate_backend(pid, 5000) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
          }
        })
        .build()
        .migrate();
    assertThat(report.migrations()).hasSize(1);
    assertThat(reconnections()).isEqualTo(4);
    assertThat(database.query("select n from seen")).containsExactly(List.of("1"));
  }

  @Test
  void whatIsAppliedAgainHappensOnceThoughTheAnswerToItsCommitIsLost(TestDatabase database) {
    database.execute(CUT);
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", "insert into seen values (1);");
    folder.engine(database).migrate();
    Breaking breaking = Breaking.at(database.dataSource(), Breaking.Moment.AFTER, "COMMIT");
    MigrationReport report =
        folder.builder(breaking.dataSource()).listener(events::add).build().reapply("01");
    assertThat(breaking.hasBroken()).isTrue();
    assertThat(reconnections()).isEqualTo(1);
    assertThat(report.steps()).hasSize(1);
    assertThat(events)
        .filteredOn(MigrationEvent.MigrationFinished.class::isInstance)
        .hasSize(1);
    assertThat(database.query("select n from seen")).hasSize(2);
  }

  @Test
  void aFirstRunGoesOnThoughTheAnswerToTheCommitOfTheTrackingTablesIsLost(TestDatabase database) {
    Breaking breaking = Breaking.at(database.dataSource(), Breaking.Moment.AFTER, "COMMIT");
    MigrationReport report = new MigrationFolder(path)
        .script("01_a.sql", "create table a ();")
        .builder(breaking.dataSource())
        .listener(events::add)
        .build()
        .migrate();
    assertThat(report.migrations()).hasSize(1);
    assertThat(reconnections()).isEqualTo(1);
  }

  @Test
  void whoIsStoppedBeforeItIsKnownWhetherACommitHappenedIsToldSo(TestDatabase database) {
    database.execute(CUT);
    MigrationFolder folder =
        new MigrationFolder(path).script("01_a.sql", "insert into seen values (1);");
    folder.engine(database).migrate();
    Breaking breaking = Breaking.at(database.dataSource(), Breaking.Moment.AFTER, "COMMIT");
    List<MigrationEngine> engines = new CopyOnWriteArrayList<>();
    DataSource once = (DataSource) Proxy.newProxyInstance(
        DataSource.class.getClassLoader(),
        new Class<?>[] {DataSource.class},
        (self, method, given) -> {
          if (method.getName().equals("getConnection") && breaking.hasBroken()) {
            engines.get(0).cancel();
            throw new SQLException("there is none", "08001");
          }
          return method.invoke(breaking.dataSource(), given);
        });
    engines.add(folder.builder(once).build());
    assertThatThrownBy(() -> engines.get(0).reapply("01"))
        .hasMessageContaining("01 a may have been committed or not")
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
    assertThat(database.query("select n from seen")).hasSize(2);
  }

  private long reconnections() {
    return events.stream().filter(MigrationEvent.Reconnected.class::isInstance).count();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void codeCanBeCancelledThoughItsConnectionHidesTheDriver(
      boolean transactional, TestDatabase database) throws Exception {
    Coded sleeps = Coded.sql("1", "select pg_sleep(50)");
    MigrationEngine engine = new MigrationFolder(path)
        .builder(TwoWaysTest.Way.hiding(database.dataSource()))
        .allowEmptyLocations(true)
        .javaMigrations(List.of(transactional ? sleeps : sleeps.withoutTransaction()))
        .build();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<MigrationReport> run = threads.submit(() -> engine.migrate());
    while (database
        .query(
            "select 1 from pg_stat_activity where datname = current_database() and wait_event = 'PgSleep'")
        .isEmpty()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    engine.cancel();
    assertThatThrownBy(() -> run.get(20, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
    threads.shutdown();
  }

  @Test
  void workThatEndsTheProcessItselfIsNotWaitedFor(TestDatabase database) throws Exception {
    new MigrationFolder(path).script("01_a.sql", "create table a ();");
    long began = System.nanoTime();
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Exiting.class.getName(),
            database.jdbcUrl(),
            database.user(),
            database.password(),
            path.toString())
        .redirectErrorStream(true)
        .redirectOutput(path.resolve("out.txt").toFile())
        .start();
    assertThat(process.waitFor(25, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(25);
    assertThat(database.value("select count(*) from schema_migrations where status = 'completed'"))
        .isEqualTo("0");
  }

  /** An application whose listener ends the process in the middle of a run. */
  static final class Exiting {

    private Exiting() {}

    public static void main(String[] arguments) {
      PGSimpleDataSource dataSource = new PGSimpleDataSource();
      dataSource.setURL(arguments[0]);
      dataSource.setUser(arguments[1]);
      dataSource.setPassword(arguments[2]);
      MigrationEngine engine = new MigrationFolder(Path.of(arguments[3]))
          .builder(dataSource)
          .listener(event -> {
            if (event instanceof MigrationEvent.MigrationStarted) {
              System.exit(3);
            }
          })
          .build();
      StopAtShutdown.during(engine, engine::migrate);
    }
  }
}
