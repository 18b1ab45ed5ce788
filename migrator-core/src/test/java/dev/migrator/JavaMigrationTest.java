package dev.migrator;

import static dev.migrator.Coded.execute;
import static dev.migrator.Coded.run;
import static dev.migrator.Coded.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Environment;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.StatementOutcome;
import dev.migrator.config.TransactionMode;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.render.TextReport;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What holds for scripts holds for code. */
@PostgresTest
@Timeout(60)
class JavaMigrationTest {

  @TempDir
  Path path;

  private MigrationFolder folder;

  @BeforeEach
  void twoScripts() {
    folder = new MigrationFolder(path)
        .script("01_t.sql", "create table t (v text);")
        .script("03_last.sql", "insert into t values ('last');");
  }

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void itRunsAmongTheScriptsAndIsRecordedWithItsWork(TwoWaysTest.Way way, TestDatabase database) {
    Coded second = sql("02", "insert into t values ('coded')").checksum("first draft");
    MigrationEngine engine = folder
        .builder(
            way == TwoWaysTest.Way.HIDDEN_DRIVER
                ? TwoWaysTest.Way.hiding(database.dataSource())
                : database.dataSource())
        .stepwise(way == TwoWaysTest.Way.STEPWISE)
        .javaMigrations(List.of(second))
        .build();
    MigrationReport report = engine.migrate();
    assertThat(report.migrations()).extracting(m -> m.id()).containsExactly("01", "02", "03");
    assertThat(TextReport.of(report)).contains("02", "coded", "written in Java");
    assertThat(
            database.query(
                "select name, kind, script, checksum, checksum_algorithm, applied_rank, transactional,"
                    + " execution_time_ms between 0 and 60000 from schema_migrations where version = '02'"))
        .containsExactly(List.of(
            "coded", "versioned", Coded.class.getName(), "first draft", "explicit", "2", "t", "t"));
    assertThat(database.query("select v from t"))
        .containsExactly(List.of("coded"), List.of("last"));
    assertThat(
            database.value(
                "select count(distinct m.xmin::text) from schema_migrations m join t on t.xmin = m.xmin"))
        .isEqualTo("2");
    assertThat(engine.migrate().isUpToDate()).isTrue();
    assertThat(engine.validate().isValid()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void whatItThrowsFailsTheMigrationAndLeavesNothing(TwoWaysTest.Way way, TestDatabase database) {
    MigrationEngineBuilder builder = folder
        .builder(
            way == TwoWaysTest.Way.HIDDEN_DRIVER
                ? TwoWaysTest.Way.hiding(database.dataSource())
                : database.dataSource())
        .javaMigrations(List.of(new Coded("02", connection -> {
          execute(connection, "insert into t values ('lost')");
          throw new IllegalStateException("no password=secret here");
        })));
    MigrationException failure =
        catchThrowableOfType(MigrationException.class, () -> builder.build().migrate());
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure.getMessage())
        .startsWith("[MIGRATION_FAILED] 02 coded failed: IllegalStateException: no password=")
        .doesNotContain("secret")
        .contains("at dev.migrator.Coded.apply(Coded.java:", "02 coded left nothing behind", "01 t")
        .contains("correct the class and run again");
    // A copy, since loggers print the messages of causes.
    assertThat(failure.getCause())
        .hasMessageContaining("IllegalStateException: no password=")
        .hasMessageNotContaining("secret");
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
    assertThat(database.query(
            "select status, transactional, action from schema_migrations where version = '02'"))
        .containsExactly(List.of("failed", "t", "apply"));
    builder.javaMigrations(List.of(sql("02", "insert into t values ('kept')")));
    assertThat(builder.build().migrate().steps()).hasSize(2);
    assertThat(database.value("select v from t limit 1")).isEqualTo("kept");
  }

  @Test
  void anErrorOfTheServerIsToldAsForAScript(TestDatabase database) {
    assertThatThrownBy(
            () -> engine(database, sql("02", "insert into nowhere values (1)")).migrate())
        .hasMessageContaining("02 coded failed: relation \"nowhere\" does not exist")
        .hasMessageContaining("SQLSTATE: 42P01")
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.sqlState()).contains("42P01"));
    assertThatThrownBy(
            () -> engine(database, sql("02", "select pg_terminate_backend(pg_backend_pid())"))
                .migrate())
        .hasMessageContaining("CONNECTION_LOST");
    assertThat(engine(database, sql("02")).migrate().steps()).hasSize(2);
  }

  @Test
  void aConnectionOfItsOwnThatFailsIsNotOurs(TestDatabase database) {
    Coded.Body body = connection -> {
      throw new SQLException("the other database does not answer", "08001");
    };
    for (Coded second :
        List.of(new Coded("02", body), new Coded("02", body).withoutTransaction())) {
      MigrationEngine engine = engine(database, second);
      assertThatThrownBy(engine::migrate)
          .hasMessageContaining("MIGRATION_FAILED")
          .hasMessageContaining("the other database does not answer");
      assertThat(database.value("select status from schema_migrations where version = '02'"))
          .isEqualTo("failed");
    }
  }

  @Test
  void anErrorOfTheMachineGoesThroughAndLeavesNothing(TestDatabase database) {
    MigrationEngine engine = engine(database, new Coded("02", connection -> {
      execute(connection, "insert into t values ('lost')");
      throw new OutOfMemoryError("thrown by hand");
    }));
    assertThatThrownBy(engine::migrate).isInstanceOf(OutOfMemoryError.class);
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
    assertThat(engine(database, sql("02")).migrate().steps()).hasSize(2);
  }

  @Test
  void anErrorOfItsClassesIsAFailureLikeAnyOther(TestDatabase database) {
    for (Error error : List.of(
        new AssertionError("defect"),
        new NoClassDefFoundError("defect"),
        new ExceptionInInitializerError(new IllegalStateException("defect")))) {
      Coded second = new Coded("02", connection -> {
        execute(connection, "insert into t values ('lost')");
        throw error;
      });
      assertThatThrownBy(() -> engine(database, second).migrate())
          .hasMessageContaining(
              "[MIGRATION_FAILED] 02 coded failed: " + error.getClass().getSimpleName() + ": ")
          .hasMessageContaining("defect")
          .hasCause(error);
      assertThat(database.value("select status from schema_migrations where version = '02'"))
          .isEqualTo("failed");
      assertThat(database.value("select count(*) from t")).isEqualTo("0");
    }
    Coded withoutTransaction = new Coded("02", connection -> {
          throw new AssertionError("defect");
        })
        .withoutTransaction();
    assertThatThrownBy(() -> engine(database, withoutTransaction).migrate())
        .hasMessageContaining("what it had done stays");
    assertThatThrownBy(() -> engine(database, withoutTransaction).migrate())
        .hasMessageContaining("02 coded: stopped half-way");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyThatItLeavesOpenIsCancelled(boolean transactional, TestDatabase database) {
    Coded.Body beginsIn = connection -> {
      byte[] row = "copied\n".getBytes(StandardCharsets.US_ASCII);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn("copy t from stdin")
          .writeToCopy(row, 0, row.length);
    };
    Coded.Body beginsOut = connection -> connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyOut("copy (select repeat('x', 1000) from generate_series(1, 100000)) to stdout")
        .readFromCopy();
    for (Coded.Body begins : List.of(beginsIn, beginsOut)) {
      assertThatThrownBy(() -> engine(database, coded(transactional, begins)).migrate())
          .hasMessageContaining("MIGRATION_FAILED")
          .hasMessageContaining("its code left a COPY open");
      engine(database, coded(transactional, begins)).repair();
      Coded throwing = coded(transactional, connection -> {
        begins.run(connection);
        throw new IllegalStateException("row 2 cannot be computed");
      });
      assertThatThrownBy(() -> engine(database, throwing).migrate())
          .hasMessageContaining("MIGRATION_FAILED")
          .hasMessageContaining("row 2 cannot be computed");
      engine(database, throwing).repair();
    }
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
    assertThat(engine(database, sql("02")).migrate().steps()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCopyThatCannotBeCancelledLosesTheConnectionAndRunsOnce(
      boolean transactional, TestDatabase database) {
    AtomicInteger runs = new AtomicInteger();
    assertThatThrownBy(() -> engine(database, coded(transactional, connection -> {
              runs.incrementAndGet();
              PGConnection driver = connection.unwrap(PGConnection.class);
              driver.getCopyAPI().copyIn("copy t from stdin");
              database.query("select pg_terminate_backend(" + driver.getBackendPID() + ", 5000)");
            }))
            .migrate())
        .hasMessageContaining("CONNECTION_LOST");
    assertThat(runs).hasValue(1);
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
  }

  private static Coded coded(boolean transactional, Coded.Body body) {
    Coded coded = new Coded("02", body);
    return transactional ? coded : coded.withoutTransaction();
  }

  @Test
  void aTransactionThatItEndsInSqlStopsEveryRunUntilItIsRepaired(TestDatabase database) {
    for (String end : List.of("commit", "rollback", "commit; begin")) {
      MigrationEngine engine =
          engine(database, sql("02", "insert into t values ('half')", end, "select 1"));
      assertThatThrownBy(engine::migrate)
          .hasMessageContaining("its code ended the transaction in which it ran")
          .hasMessageContaining("may be committed")
          .hasMessageContaining("repair");
      assertThatThrownBy(engine::migrate)
          .isInstanceOf(MigrationValidationException.class)
          .hasMessageContaining("02 coded: stopped half-way");
      engine.repair();
    }
    assertThatThrownBy(() -> engine(database, sql("02", "commit", "nonsense")).migrate())
        .hasMessageContaining("its code ended the transaction");
  }

  @Test
  void anErrorThatItSwallowsIsFound(TestDatabase database) {
    MigrationEngine engine = engine(database, new Coded("02", connection -> {
      try {
        execute(connection, "nonsense");
      } catch (SQLException swallowed) {
        // The transaction is lost all the same.
      }
    }));
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("went on after an error that had ended its transaction")
        .hasMessageContaining("savepoint");
    assertThat(engine.status().count(MigrationState.FAILED)).isEqualTo(1);
  }

  @Test
  void theLockIsProvedAtItsEnd(TestDatabase database) {
    assertThatThrownBy(() -> engine(
                database,
                sql("02", "insert into t values ('lost')", "select pg_advisory_unlock_all()"))
            .migrate())
        .hasMessageContaining("LOCK_LOST");
    assertThat(database.value("select count(*) from t")).isEqualTo("0");
  }

  @Test
  void whatItLeavesInTheSessionIsResetAndNamed(TestDatabase database) {
    TestRole role = database.createRole();
    MigrationReport report = engine(
            database,
            sql(
                "02",
                "set search_path = pg_catalog",
                "set work_mem = '3MB'",
                "create temporary table scrap ()",
                "set role " + role.name()))
        .migrate();
    assertThat(report.steps().get(1).leaked())
        .contains("search_path", "work_mem", "role", "temporary table scrap");
    assertThat(database.value("select v from t")).isEqualTo("last");
    assertThatThrownBy(() -> engine(database, sql("02"), new Coded("04", connection -> {
              execute(connection, "set role " + role.name());
              throw new IllegalStateException("after the role");
            }))
            .migrate())
        .hasMessageContaining("after the role")
        .satisfies(e -> assertThat(e.getSuppressed()).isEmpty());
    assertThat(database.value("select status from schema_migrations where version = '04'"))
        .isEqualTo("failed");
  }

  @ParameterizedTest
  @EnumSource(TwoWaysTest.Way.class)
  void withoutATransactionItMayUseItsOwn(TwoWaysTest.Way way, TestDatabase database) {
    MigrationEngine engine = engine(
        way == TwoWaysTest.Way.HIDDEN_DRIVER
            ? TwoWaysTest.Way.hiding(database.dataSource())
            : database.dataSource(),
        new Coded("02", connection -> {
              execute(connection, "create index concurrently i on t (v)");
              connection.setAutoCommit(false);
              execute(connection, "insert into t values ('batch 1')");
              connection.commit();
              execute(connection, "insert into t values ('dropped')");
              connection.rollback();
            })
            .withoutTransaction());
    assertThat(engine.plan().steps().get(1).reason()).contains(Coded.class.getName());
    MigrationReport report = engine.migrate();
    assertThat(report.steps().get(1).transactional()).isFalse();
    assertThat(report.steps().get(1).leaked()).isEmpty();
    assertThat(database.query("select v from t"))
        .containsExactly(List.of("batch 1"), List.of("last"));
    assertThat(database.query(
            "select ordinal, action, finished_at is not null from migration_journal"))
        .containsExactly(List.of("1", "apply", "t"));
  }

  @Test
  void withoutATransactionAFailureHalfWayStopsEveryRun(TestDatabase database) {
    MigrationEngine engine = engine(
        database, sql("02", "insert into t values ('half')", "nonsense").withoutTransaction());
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("runs without a transaction: what it had done stays");
    assertThatThrownBy(engine::migrate).isInstanceOf(MigrationValidationException.class);
    engine.repair();
    assertThat(engine(database, sql("02").withoutTransaction()).migrate().steps())
        .hasSize(2);
  }

  @Test
  void withoutATransactionAnOperatorMayAcceptWhatItDidOrLetItRunAgain(TestDatabase database) {
    MigrationEngine engine = engine(
        database, sql("02", "insert into t values ('half')", "nonsense").withoutTransaction());
    assertThatThrownBy(engine::migrate).hasMessageContaining("what it had done stays");
    assertThatThrownBy(engine::migrate)
        .hasMessageContaining("repair --version 02 --statement done");
    engine.repairStatement("02", StatementOutcome.AGAIN);
    assertThatThrownBy(engine::migrate).hasMessageContaining("what it had done stays");
    engine.repairStatement("02", StatementOutcome.DONE);
    assertThat(engine.migrate().steps()).hasSize(2);
    assertThat(database.value("select count(*) from t where v = 'half'")).isEqualTo("2");
  }

  @Test
  void aTransactionThatItLeavesOpenIsRolledBackAndAFailure(TestDatabase database) {
    for (Coded.Body begin :
        List.<Coded.Body>of(run("begin", "insert into t values ('open')"), connection -> {
          connection.setAutoCommit(false);
          execute(connection, "insert into t values ('open')");
        })) {
      MigrationEngine engine = engine(database, new Coded("02", begin).withoutTransaction());
      assertThatThrownBy(engine::migrate).hasMessageContaining("left a transaction open");
      engine.repair();
      assertThat(database.value("select count(*) from t")).isEqualTo("0");
    }
  }

  @Test
  void whatSaysHowItIsUndoneCanBeRolledBackByItsClassAlone(TestDatabase database) {
    JavaMigration second = sql("02", "create table made ()").undoneBy(run("drop table made"));
    MigrationEngine engine = engine(database, second, sql("04"));
    engine.migrate();
    assertThat(engine.status().migrations())
        .extracting(s -> s.migration().id() + " " + s.rollback())
        .containsExactly("01 false", "02 true", "03 false", "04 false");
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.steps(1)))
        .hasMessageContaining("ROLLBACK_IMPOSSIBLE")
        .hasMessageContaining("04 coded")
        .hasMessageContaining("ReversibleJavaMigration");
    folder.script("03_last_rollback.sql", "delete from t;");
    MigrationEngine again = engine(database, second, sql("04").undoneBy(run("select 1")));
    assertThat(again.rollback(RollbackTarget.downTo("01")).migrations())
        .extracting(m -> m.id())
        .containsExactly("04", "03", "02");
    assertThat(database.value("select to_regclass('made')")).isEqualTo("NULL");
    assertThat(again.migrate().steps()).hasSize(3);
  }

  @Test
  void aClassThatIsGoneIsMissingAndCannotBeUndone(TestDatabase database) {
    engine(database, sql("02").undoneBy(run())).migrate();
    assertThatThrownBy(() -> engine(database).migrate())
        .hasMessageContaining(
            "its class dev.migrator.Coded$Reversible is not among the Java migrations");
    folder.script("03_last_rollback.sql", "select 1;");
    assertThatThrownBy(() -> engine(database).rollback(RollbackTarget.steps(2)))
        .hasMessageContaining("run the release that has it");
  }

  @Test
  void aFailedRollbackChangesNothing(TestDatabase database) {
    MigrationEngine engine = engine(
        database, sql("04", "create table made ()").undoneBy(run("drop table made", "nonsense")));
    engine.migrate();
    assertThatThrownBy(() -> engine.rollback(RollbackTarget.steps(1)))
        .hasMessageContaining("ROLLBACK_FAILED")
        .hasMessageContaining("the rollback of 04 coded failed");
    assertThat(database.value("select to_regclass('made')")).isEqualTo("made");
    assertThat(engine.migrate().isUpToDate()).isTrue();
  }

  @Test
  void aRollbackWithoutATransactionThatStopsHalfWayCanBeRepeated(TestDatabase database) {
    Coded up = sql("04", "create index concurrently i on t (v)").withoutTransaction();
    engine(database, up).migrate();
    MigrationEngine broken =
        engine(database, up.undoneBy(run("drop index concurrently i", "nonsense")));
    assertThatThrownBy(() -> broken.rollback(RollbackTarget.steps(1)))
        .hasMessageContaining("the rollback of 04 coded failed")
        .hasMessageContaining("what it had done stays");
    assertThatThrownBy(broken::migrate).hasMessageContaining("its rollback stopped half-way");
    broken.repair();
    MigrationEngine corrected =
        engine(database, up.undoneBy(run("drop index concurrently if exists i")));
    assertThat(corrected.rollback(RollbackTarget.steps(1)).steps()).hasSize(1);
    assertThat(database.value("select count(*) from migration_journal")).isEqualTo("0");
  }

  @Test
  void anotherChecksumIsAnEdit(TestDatabase database) {
    engine(database, sql("02").checksum("draft")).migrate();
    MigrationEngine edited =
        engine(database, sql("02", "insert into t values ('new')").checksum("final"));
    assertThatThrownBy(edited::migrate)
        .hasMessageContaining(
            "declares another checksum than when it was applied (it was draft, is final)");
    edited.repair();
    assertThat(edited.migrate().isUpToDate()).isTrue();
    assertThat(edited.reapply("2").steps()).hasSize(1);
    assertThat(database.query("select v from t order by v"))
        .containsExactly(List.of("last"), List.of("new"));
    assertThat(database.value("select checksum from schema_migrations where version = '02'"))
        .isEqualTo("final");
  }

  @Test
  void aVersionBelongsToOneScriptOrOneClass(TestDatabase database) {
    assertThatThrownBy(() -> engine(database, sql("1")).migrate())
        .hasMessageContaining("DUPLICATE_VERSION")
        .hasMessageContaining("01_t.sql")
        .hasMessageContaining(Coded.class.getName());
    assertThatThrownBy(() -> engine(database, sql("2"), sql("2.0").undoneBy(run())))
        .hasMessageContaining("DUPLICATE_VERSION")
        .hasMessageContaining(Coded.Reversible.class.getName());
    assertThatThrownBy(() -> engine(database, sql("two"))).hasMessageContaining("not a version");
    assertThatThrownBy(() -> engine(database, sql("2").checksum(" ")))
        .hasMessageContaining("CONFIGURATION_INVALID")
        .hasMessageContaining("checksum");
  }

  @Test
  void whatItDoesNotSayOfItselfIsNamedWithItsClass(TestDatabase database) {
    for (String what : List.of("version", "description", "checksum")) {
      JavaMigration silent = new JavaMigration() {
        @Override
        public String version() {
          return unless("version", "2");
        }

        @Override
        public String description() {
          return unless("description", "silent");
        }

        @Override
        public String checksum() {
          return unless("checksum", "1");
        }

        @Override
        public void apply(Connection connection) {}

        @SuppressWarnings("NullAway") // What an application does that is not checked for null.
        private String unless(String silence, String word) {
          return what.equals(silence) ? null : word;
        }
      };
      assertThatThrownBy(() -> engine(database, silent))
          .hasMessageContaining("CONFIGURATION_INVALID")
          .hasMessageContaining(silent.getClass().getName())
          .hasMessageContaining("its " + what + " is null");
    }
  }

  @Test
  void oneTransactionForAllIsRefusedWithTheReason(TestDatabase database) {
    assertThatThrownBy(() -> folder
            .builder(database.dataSource())
            .javaMigrations(List.of(sql("02")))
            .transactionMode(TransactionMode.SINGLE)
            .build()
            .migrate())
        .hasMessageContaining("02 coded cannot share one transaction")
        .hasMessageContaining("written in Java");
  }

  @Test
  void anApplicationMayHaveNoScriptAtAll(TestDatabase database) {
    MigrationEngine engine = MigrationEngine.builder()
        .dataSource(database.dataSource())
        .environment(Environment.TEST)
        .javaMigrations(List.of(sql("1", "create table alone ()")))
        .build();
    assertThat(engine.migrate().steps()).hasSize(1);
    assertThatThrownBy(() -> MigrationEngine.builder()
            .dataSource(database.dataSource())
            .locations("classpath:nowhere")
            .javaMigrations(List.of(sql("1")))
            .build()
            .migrate())
        .hasMessageContaining("LOCATION_NOT_FOUND");
  }

  @Test
  void theExampleOfTheDocumentationIsThisOne(TestDatabase database) throws IOException {
    folder.script(
        "06_sessions.sql",
        "create table sessions (id int, token text); insert into sessions values (1, 'a'), (2, 'b');");
    folder
        .builder(database.dataSource())
        .javaMigrations(List.of(new HashTokens()))
        .build()
        .migrate();
    assertThat(
            database.value(
                "select count(*) from sessions where token = encode(sha256(chr(96 + id)::bytea), 'hex')"))
        .isEqualTo("2");
    String source = Files.readString(Path.of("src/test/java/dev/migrator/HashTokens.java"));
    assertThat(Files.readString(Path.of("../docs/scripts.md")))
        .contains(source.substring(source.indexOf("final class HashTokens")))
        .contains(".javaMigrations(List.of(new HashTokens()))");
  }

  private MigrationEngine engine(TestDatabase database, JavaMigration... migrations) {
    return engine(database.dataSource(), migrations);
  }

  private MigrationEngine engine(DataSource dataSource, JavaMigration... migrations) {
    return folder.builder(dataSource).javaMigrations(List.of(migrations)).build();
  }
}
