package dev.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.Backup;
import dev.migrator.config.RollbackPolicy;
import dev.migrator.config.RowCheck;
import dev.migrator.event.VerifyEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.ReversibleJavaMigration;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import dev.migrator.report.VerifyReport.Result;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class MigrationVerifierTest {

  @TempDir
  Path folder;

  private TestDatabase database;

  @BeforeEach
  void keep(TestDatabase given) {
    this.database = given;
  }

  @Test
  void saysHowMuchAMigrationDoesAndHowLongItTakes() throws IOException {
    script("0001_orders.sql", "create table orders (id bigint primary key, total numeric(10, 2));");
    script("0001_orders_rollback.sql", "drop table orders;");
    script(
        "0002_wider.sql",
        "alter table orders alter column total type bigint;\n"
            + "create index orders_total on orders (total);\nselect pg_sleep(0.2);");
    script(
        "0002_wider_rollback.sql",
        "drop index orders_total; alter table orders alter column total type numeric(10, 2);");

    VerifyReport report = verifier().slowAfter(Duration.ofMillis(150)).build().verify();

    assertThat(report.passed()).isTrue();
    VerifiedMigration second = report.migrations().get(1);
    assertThat(second.complexity().statements()).isEqualTo(3);
    assertThat(second.complexity().tables()).containsExactly("public.orders");
    assertThat(second.complexity().strongestLock()).isEqualTo("AccessExclusiveLock");
    assertThat(second.complexity().rewrites()).containsExactly("public.orders");
    assertThat(second.slowest().get(0).line()).isEqualTo(3);
    assertThat(second.slowest().get(0).took()).isGreaterThan(Duration.ofMillis(199));
    assertThat(second.up()).isGreaterThan(Duration.ofMillis(199));
    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).startsWith("slow: 0002 wider, line 3, took 0.2 s"));
  }

  @Test
  void tellsOfEachMigrationInOrderAndThenOfTheWholeChain() throws IOException {
    for (int i = 1; i <= 4; i++) {
      script("000" + i + "_t.sql", "create table t" + i + " (id bigint);");
      script("000" + i + "_t_rollback.sql", "drop table t" + i + ";");
    }
    List<VerifyEvent> events = new ArrayList<>();

    VerifyReport report = verifier()
        .listener(event -> {
          throw new IllegalStateException("a listener that fails breaks nothing");
        })
        .listener(events::add)
        .build()
        .verify();

    assertThat(events).hasSize(1 + 4 + 3);
    assertThat(((VerifyEvent.Began) events.get(0)).migrations()).hasSize(4);
    assertThat(events.subList(1, 5))
        .extracting(event -> ((VerifyEvent.Verified) event).place())
        .containsExactly(1, 2, 3, 4);
    assertThat(report.checks())
        .extracting(VerifyReport.Check::result)
        .containsExactly(Result.PASSED, Result.PASSED, Result.PASSED);
    assertThat(report.failure()).isEmpty();
    assertThat(report.server()).contains("PostgreSQL");
  }

  /** What an application says of its real database would write backups of databases that are gone a second later. */
  @Test
  void noSafeguardOfARealDatabaseIsOneOfAThrowAwayDatabase() throws IOException {
    script("0001_t.sql", "create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t;");
    Path backups = folder.resolve("backups");

    VerifyReport report = verifier()
        .migrations(engine -> engine
            .locations("filesystem:" + folder)
            .safeguards(s -> s.backup(b -> b.when(Backup.When.ALWAYS)
                .directory(backups)
                .programs(folder.resolve("nowhere"))
                .keepLast(1))))
        .build()
        .verify();

    assertThat(report.passed()).isTrue();
    assertThat(backups).doesNotExist();
  }

  @Test
  void leavesNoDatabaseBehindWhateverHappens() throws IOException {
    script("0001_bad.sql", "create table t (id bigint); select 1 / 0;");
    long before = ThrowAwayDatabases.count(database);

    VerifyReport report = verifier().build().verify();

    assertThat(report.failure()).contains(FailureCode.MIGRATION_FAILED);
    assertThat(ThrowAwayDatabases.count(database)).isEqualTo(before);
  }

  @Test
  void runsMigrationsThatAreWrittenInJava() throws IOException {
    script("0001_t.sql", "create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t;");

    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine -> engine
            .locations("filesystem:" + folder)
            .javaMigrations(List.of(
                new UpAndDown(
                    new OnlyUp("2", "alter table t add column name text"),
                    "alter table t drop column name"),
                new OnlyUp("3", "alter table t add column more text"))))
        .server(ThrowAwayDatabases.beside(database))
        .rollbackPolicy(RollbackPolicy.required())
        .rows(RowCheck.OFF)
        .build()
        .verify();

    assertThat(report.migrations())
        .extracting(VerifiedMigration::verdict)
        .containsExactly(RollbackVerdict.EXACT, RollbackVerdict.EXACT, RollbackVerdict.NO_DOWN);
    assertThat(report.failure()).contains(FailureCode.ROLLBACK_UNPROVED);
  }

  @Test
  void worksWithASchemaOfItsOwnForTheTrackingTables() throws IOException {
    script("0001_t.sql", "create table public.t (id bigint);");
    script("0001_t_rollback.sql", "drop table public.t;");

    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine -> engine
            .locations("filesystem:" + folder)
            .trackingSchema("migrations of \"ours\"")
            .createTrackingSchema(true)
            .trackingTable("applied"))
        .server(ThrowAwayDatabases.beside(database))
        .rows(RowCheck.OFF)
        .build()
        .verify();

    assertThat(Told.of(report)).startsWith("0001 t: exact\n").endsWith("\npassed\n");
  }

  @Test
  void onASharedServerNothingRunsThatOthersWouldNotice() throws IOException {
    script("0001_t.sql", "create table t (id bigint);\n\ncreate role reporting_of_a_test;");
    script("0002_u.sql", "create table u (id bigint);");
    script("0002_u_rollback.sql", "drop table u;\nalter system reset all;");

    assertThatThrownBy(() -> verifier().build().verify())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED))
        .hasMessageContaining("0001_t.sql:3:1: CREATE ROLE reaches roles")
        .hasMessageContaining(
            "0002_u_rollback.sql:2:1: ALTER SYSTEM reaches the server's configuration");
    assertThat(database.query("select 1 from pg_roles where rolname = 'reporting_of_a_test'"))
        .isEmpty();
  }

  @Test
  void whatCopiesShareIsNotBlamedOnAMigration() throws IOException {
    String role = database.createRole().name();
    script("0001_t.sql", "create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t;");
    script("0002_r.sql", "alter role " + role + " connection limit 5;");
    script("0002_r_rollback.sql", "alter role " + role + " connection limit -1;");

    VerifyReport report = verifier().allowOutsideEffects(true).build().verify();

    VerifiedMigration second = report.migrations().get(1);
    assertThat(second.verdict()).isEqualTo(RollbackVerdict.NOT_TESTABLE);
    assertThat(second.why())
        .startsWith(
            "what it does is done for every database of the server at once: 0002_r.sql:1:1:");
    assertThat(report.passed()).isTrue();
  }

  @Test
  void aSeedRunsBehindItsVersion() throws IOException {
    script("0001_t.sql", "create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t;");
    script("0002_positive.sql", "alter table t add check (id > 0);");
    script("0002_positive_rollback.sql", "alter table t drop constraint t_id_check;");

    VerifyReport report =
        verifier().seed("01", "insert into t values (0);").build().verify();

    assertThat(report.migrations().get(1).verdict()).isEqualTo(RollbackVerdict.UP_FAILS);
    assertThatThrownBy(() -> verifier().seed("9", "select 1;").build().verify())
        .hasMessageContaining("there is a seed for version 9");
  }

  @Test
  void endsWhenItIsCancelledAndDropsItsDatabases() throws Exception {
    script("0001_t.sql", "create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t;");
    script("0002_long.sql", "select pg_sleep(60);");
    CountDownLatch began = new CountDownLatch(1);
    MigrationVerifier verifier = verifier().listener(event -> began.countDown()).build();
    long before = ThrowAwayDatabases.count(database);
    Thread stopper = new Thread(() -> {
      try {
        began.await();
        Thread.sleep(1_500);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      verifier.cancel();
    });
    stopper.start();

    assertThatThrownBy(verifier::verify)
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(FailureCode.CANCELLED));
    stopper.join();
    assertThat(ThrowAwayDatabases.count(database)).isEqualTo(before);
    assertThat(verifier.cancel()).isFalse();
  }

  private MigrationVerifierBuilder verifier() {
    return MigrationVerifier.builder()
        .migrations(engine -> engine.locations("filesystem:" + folder))
        .server(ThrowAwayDatabases.beside(database))
        .rows(RowCheck.OFF);
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(folder.resolve(name), sql);
  }

  /** Runs one statement. */
  private record OnlyUp(String version, String up) implements JavaMigration {

    @Override
    public String description() {
      return "in_java";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      run(connection, up);
    }

    private static void run(Connection connection, String sql) throws SQLException {
      try (Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }
  }

  /** Runs one statement, and another one to undo it. */
  private record UpAndDown(OnlyUp code, String down) implements ReversibleJavaMigration {

    @Override
    public String version() {
      return code.version();
    }

    @Override
    public String description() {
      return code.description();
    }

    @Override
    public String checksum() {
      return code.checksum();
    }

    @Override
    public void apply(Connection connection) throws SQLException {
      code.apply(connection);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
      OnlyUp.run(connection, down);
    }
  }
}
