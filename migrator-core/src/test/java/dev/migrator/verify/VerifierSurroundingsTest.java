package dev.migrator.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.config.RowCheck;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.VerifyReport;
import dev.migrator.report.VerifyReport.Result;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification does around the migrations: the rows that it is given, the server, being cancelled. */
@PostgresTest
class VerifierSurroundingsTest {

  @TempDir
  Path folder;

  private TestDatabase database;

  @BeforeEach
  void keep(TestDatabase given) throws IOException {
    this.database = given;
    script("0001_t.sql", "create table t (id bigint primary key);");
    script("0001_t_rollback.sql", "drop table t;");
  }

  @Test
  void aSeedThatOthersWouldNoticeIsRefusedBeforeAnythingRuns() {
    AtomicInteger events = new AtomicInteger();

    assertThatThrownBy(() -> verifier()
            .seed("1", "insert into t values (1);\ncreate role made_by_a_seed;")
            .listener(event -> events.incrementAndGet())
            .build()
            .verify())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.SCRIPT_REFUSED))
        .hasMessageContaining("seed of 0001 t:2:1: CREATE ROLE reaches roles");
    assertThat(events).hasValue(0);
  }

  @Test
  void aSeedThatCannotBeReadShowsBeforeAnythingRuns() {
    AtomicInteger events = new AtomicInteger();

    assertThatThrownBy(() -> verifier()
            .seed("1", "insert into t values ('1);")
            .listener(event -> events.incrementAndGet())
            .build()
            .verify())
        .hasMessageContaining("seed of 0001 t");
    assertThat(events).hasValue(0);
  }

  @Test
  void aSeedThatFailsIsBlamedOnNoMigration() {
    assertThatThrownBy(
            () -> verifier().seed("1", "insert into t values (1), (1);").build().verify())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID))
        .hasMessageContaining("The rows to begin with could not be inserted");
  }

  @Test
  void aSeedIsPlantedOnceIntoATableThatStays() throws IOException {
    script("0002_end.sql", "-- migrator: irreversible because it is\ncreate table u (id bigint);");
    script("0003_w.sql", "create table w (id bigint);");
    script("0003_w_rollback.sql", "drop table w;");

    VerifyReport report =
        verifier().seed("3", "insert into t values (1);").build().verify();

    assertThat(report.checks())
        .extracting(VerifyReport.Check::result)
        .containsExactly(Result.PASSED, Result.SKIPPED, Result.PASSED);
  }

  @Test
  void seedsAndRowsFindTheTablesOfTheSearchPath() throws IOException {
    script("0002_more.sql", "alter table t add column more text;");
    script("0002_more_rollback.sql", "alter table t drop column more;");

    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine -> engine.locations("filesystem:" + folder).searchPath("app"))
        .server(ThrowAwayDatabases.beside(database))
        .rows(RowCheck.GENERATED)
        .seed("1", "insert into t values (1); insert into app.t values (2);")
        .build()
        .verify();

    assertThat(Told.of(report)).contains("0002 more: exact\n  rows: kept\n").endsWith("\npassed\n");
  }

  @Test
  void aSchemaOfTheSearchPathThatAScriptCreatesIsLeftToIt() throws IOException {
    script("0001_t.sql", "create schema app; create table t (id bigint);");
    script("0001_t_rollback.sql", "drop table t; drop schema app;");

    VerifyReport report = MigrationVerifier.builder()
        .migrations(engine ->
            engine.locations("filesystem:" + folder).trackingSchema("public").searchPath("app"))
        .server(ThrowAwayDatabases.beside(database))
        .rows(RowCheck.OFF)
        .build()
        .verify();

    assertThat(Told.of(report)).startsWith("0001 t: exact\n").endsWith("\npassed\n");
  }

  @Test
  void aBlockThatChangesRolesIsNotTriedBesideTheChain() throws IOException {
    String role = "role_of_a_block_" + ProcessHandle.current().pid();
    script("0002_role.sql", "do $$ begin create role " + role + "; end $$;");
    script("0002_role_rollback.sql", "do $$ begin drop role " + role + "; end $$;");
    script("0003_grant.sql", "select pg_sleep(2.5); grant select on t to " + role + ";");
    script("0003_grant_rollback.sql", "revoke select on t from " + role + ";");
    try {
      VerifyReport report = verifier().allowOutsideEffects(true).build().verify();

      assertThat(report.migrations())
          .extracting(migration -> migration.verdict())
          .containsExactly(
              RollbackVerdict.EXACT, RollbackVerdict.NOT_TESTABLE, RollbackVerdict.EXACT);
      assertThat(report.migrations().get(1).why()).contains("DO holds code that names roles");
      assertThat(report.passed()).isTrue();
    } finally {
      database.execute("drop role if exists " + role);
    }
  }

  @Test
  void aServerThatEndsTheSessionIsNoVerdictOnRows() throws IOException {
    script("0002_ends.sql", """
        do $$ begin
          if exists (select from t) then
            perform pg_terminate_backend(pg_backend_pid());
            perform pg_sleep(1);
          end if;
        end $$;
        """);
    script("0002_ends_rollback.sql", "select 1;");

    assertThatThrownBy(() -> verifier().rows(RowCheck.GENERATED).build().verify())
        .isInstanceOfSatisfying(
            MigrationException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.CONNECTION_LOST));
  }

  @Test
  void aSlowDownScriptIsWarnedOfThoughAStatementIsSlowToo() throws IOException {
    script("0002_slow.sql", "select pg_sleep(0.3);");
    script("0002_slow_rollback.sql", "select pg_sleep(0.3);");

    VerifyReport report = verifier().slowAfter(Duration.ofMillis(250)).build().verify();

    assertThat(report.notes())
        .anySatisfy(note -> assertThat(note).startsWith("slow: 0002 slow, line 1, took 0.3 s"))
        .anySatisfy(
            note -> assertThat(note).startsWith("slow: the down script of 0002 slow took 0.3 s"));
  }

  @Test
  void aSeedEndsWhenItIsCancelled() throws Exception {
    CountDownLatch began = new CountDownLatch(1);
    MigrationVerifier verifier = verifier()
        .seed("1", "select pg_sleep(100);")
        .listener(event -> began.countDown())
        .build();
    long before = ThrowAwayDatabases.count(database);
    long start = System.nanoTime();
    Thread stopper = new Thread(() -> {
      try {
        began.await();
        Thread.sleep(2_000);
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
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
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
}
