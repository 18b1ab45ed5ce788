package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.PlannedStep;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.TestRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a script's directives ask for is what happens. */
@PostgresTest
class DirectivesAtWorkTest {

  @TempDir
  Path path;

  private MigrationFolder folder() {
    return new MigrationFolder(path);
  }

  private static MigrationException failure(MigrationEngine engine) {
    return catchThrowableOfType(MigrationException.class, engine::migrate);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-- migrator: transaction=off", "-- atlas:txmode none", "-- no-transaction"})
  void withoutATransactionEachStatementHasOneOfItsOwn(String directive, TestDatabase database) {
    MigrationEngine engine = folder()
        .script(
            "01_a.sql",
            directive
                + "\ncreate table a as select pg_current_xact_id()::text as id;"
                + "\ninsert into a values (pg_current_xact_id()::text), ('x' || 1/0);\nselect 1;")
        .engine(database);
    assertThat(engine.plan().steps()).singleElement().satisfies(step -> {
      assertThat(step.transactional()).isFalse();
      assertThat(step.reason())
          .isEqualTo("'" + directive.substring(3) + "' at 01_a.sql:1:1 asks for no transaction");
    });

    MigrationException failure = failure(engine);
    assertThat(failure.code()).isEqualTo(FailureCode.MIGRATION_FAILED);
    assertThat(failure).hasMessageContaining("01_a.sql:3:1");
    assertThat(failure).hasMessageContaining("finished 1 of its 3 statements, and they stay");
    // The journal's row was written by the transaction of the statement that it tells of.
    assertThat(
            database.query(
                "select ordinal, finished_at is not null, j.xmin::text = a.id from migration_journal j, a order by 1"))
        .first()
        .isEqualTo(List.of("1", "t", "t"));
    assertThat(database.value(
            "select count(*) from migration_journal where ordinal > 1 and finished_at is not null"))
        .isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "lock-timeout, alter table t add b int, 55P03",
    "statement-timeout, select pg_sleep(60), 57014"
  })
  void aTimeoutEndsTheWaitingAndIsGoneAfterwards(
      String timeout, String statement, String sqlState, TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationFolder folder =
        folder().script("01_a.sql", "-- migrator: " + timeout + "=200ms\n" + statement + ";");
    MigrationEngine engine = folder
        .builder(database.dataSource())
        .limits(limits -> limits.lockRetry(Duration.ZERO))
        .build();
    try (Connection other = database.dataSource().getConnection();
        Statement locking = other.createStatement()) {
      other.setAutoCommit(false);
      locking.execute("lock table t");
      Instant begin = Instant.now();
      MigrationException failure = failure(engine);
      assertThat(failure.sqlState()).contains(sqlState);
      assertThat(failure).hasMessageContaining("01_a.sql:2:1");
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
      other.rollback();
    }
    folder
        .script(
            "01_a.sql", "-- migrator: lock-timeout=5s, statement-timeout=10min\n" + saw("at_work"))
        .script("02_b.sql", saw("after"))
        .script("03_c.sql", "-- migrator: transaction=off lock-timeout=4s\n" + saw("each"))
        .script("04_d.sql", saw("at_last"));
    assertThat(engine.migrate().steps())
        .allSatisfy(step -> assertThat(step.leaked()).isEmpty());
    assertThat(database.query("table at_work")).containsExactly(List.of("5s", "10min"));
    assertThat(database.query("table after")).containsExactly(List.of("3s", "0"));
    assertThat(database.query("table each")).containsExactly(List.of("4s", "0"));
    assertThat(database.query("table at_last")).containsExactly(List.of("3s", "0"));
  }

  private static String saw(String table) {
    return "create table " + table
        + " as select current_setting('lock_timeout') l, current_setting('statement_timeout') s;";
  }

  @Test
  void aTimeoutDoesNotCutAnIndexThatIsBuiltConcurrently(TestDatabase database) throws Exception {
    database.execute("create table t (a int)");
    MigrationEngine engine = folder()
        .script(
            "01_a.sql",
            "-- migrator: lock-timeout=100ms statement-timeout=100ms\ncreate index concurrently i on t (a);\n"
                + saw("beside"))
        .engine(database);
    try (Connection other = database.dataSource().getConnection();
        Statement writing = other.createStatement()) {
      other.setAutoCommit(false);
      writing.execute("insert into t values (1)");
      CompletableFuture<Void> end = CompletableFuture.runAsync(
          () -> commit(other), CompletableFuture.delayedExecutor(700, TimeUnit.MILLISECONDS));
      engine.migrate();
      end.get();
    }
    assertThat(database.value("select indisvalid from pg_index where indexrelid = 'i'::regclass"))
        .isEqualTo("t");
    assertThat(database.query("table beside")).containsExactly(List.of("100ms", "100ms"));
  }

  private static void commit(Connection connection) {
    try {
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-- migrator: transaction=on | SCRIPT_REFUSED | 02_b.sql:2:1 | asks for a transaction, but 'vacuum t'",
        "-- migrator: transacton=off | SCRIPT_UNREADABLE | 02_b.sql:1:1 | did you mean 'transaction'?",
        "-- migrator: lock_timeout=3s | SCRIPT_UNREADABLE | 02_b.sql:1:1 | did you mean 'lock-timeout'?"
      })
  void whatCannotBeDoneIsRefusedBeforeAnythingRuns(
      String directive, FailureCode code, String place, String words, TestDatabase database) {
    MigrationException failure = failure(folder()
        .script("01_a.sql", "create table t ();")
        .script("02_b.sql", directive + "\nvacuum t;")
        .engine(database));
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure).hasMessageContaining(place);
    assertThat(failure).hasMessageContaining(words);
    assertThat(failure).hasMessageContaining("nothing was run");
    assertThat(database.value("select to_regclass('t')")).isEqualTo("NULL");
  }

  @Test
  void whatIsIrreversibleIsNotRolledBack(TestDatabase database) {
    MigrationFolder folder = folder()
        .script("01_a.sql", "create table a ();")
        .script(
            "02_b.sql", "create table b ();\n-- migrator: irreversible because codes are gone\n")
        .script("03_c.sql", "create table c ();")
        .script("03_c_rollback.sql", "drop table c;");
    MigrationEngine engine = folder.engine(database);
    engine.migrate();

    MigrationException failure =
        catchThrowableOfType(MigrationException.class, () -> engine.rollback(RollbackTarget.all()));
    assertThat(failure.code()).isEqualTo(FailureCode.ROLLBACK_IMPOSSIBLE);
    assertThat(failure)
        .hasMessageContaining(
            "a migration has no down script: 01 a. 02 b is irreversible because codes are gone"
                + " (02_b.sql:2:1).");
    assertThat(failure).hasMessageContaining("nothing was rolled back");
    assertThat(database.value("select to_regclass('c')")).isEqualTo("c");
    engine.rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('c')")).isEqualTo("NULL");

    // It counts although a down script was stored when it was applied: its author has learnt
    // better.
    engine.migrate();
    folder
        .script("03_c.sql", "-- migrator: irreversible because of reasons\ncreate table c ();")
        .without("03_c_rollback.sql");
    assertThat(catchThrowableOfType(
            MigrationException.class, () -> engine.planRollback(RollbackTarget.steps(1))))
        .hasMessageContaining("03 c is irreversible because of reasons");
  }

  @Test
  void aDownScriptOfWhatIsIrreversibleIsAContradiction(TestDatabase database) {
    MigrationFolder folder = folder()
        .script("01_a.sql", "-- migrator: irreversible because so it is\ncreate table a ();")
        .script("01_a_rollback.sql", "drop table a;");
    MigrationException failure = failure(folder.engine(database));
    assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_REFUSED);
    assertThat(failure).hasMessageContaining("01_a.sql:1:1");
    assertThat(failure).hasMessageContaining("01_a_rollback.sql");
    folder
        .script("01_a.sql", "create table a ();")
        .script("01_a_rollback.sql", "-- migrator: irreversible because so it is");
    assertThat(failure(folder.engine(database)))
        .hasMessageContaining("01_a_rollback.sql:1:1")
        .hasMessageContaining("a down script cannot be irreversible");
  }

  @ParameterizedTest
  @CsvSource({"'', false", "'', true", "-- migrator: transaction=off, false"})
  void stringsAreReadAsTheSplitterReadsThemWhateverTheRoleHas(
      String directive, boolean stepwise, TestDatabase database) {
    TestRole role = database.createRole();
    database.execute("alter role " + role.name() + " set standard_conforming_strings = off;"
        + " alter role " + role.name() + " set escape_string_warning = off;"
        + " grant all on schema public to " + role.name());
    MigrationFolder folder = folder()
        .script(
            "01_a.sql",
            directive + "\ncreate table a (v text);\ninsert into a values ('\\'); -- ');\n"
                + "insert into a values ('b');");
    folder.builder(database.dataSource(role)).stepwise(stepwise).build().migrate();
    assertThat(database.query("table a")).containsExactly(List.of("\\"), List.of("b"));
  }

  @Test
  void aPlanTellsWhereItIsSaidThatAMigrationRunsWithoutATransaction(TestDatabase database) {
    List<PlannedStep> steps = folder()
        .script("V1__a.sql", "select 1;\n\n  create index concurrently on t (a);")
        .script("V2__b.sql", "select 1;")
        .script("V2__b.sql.conf", "# why\nexecuteInTransaction=false")
        .script("V3__c.sql", "select 1;")
        .script("V4__d.sql", "-- migrator: transaction=off\nvacuum;")
        .engine(database)
        .plan()
        .steps();
    assertThat(steps)
        .extracting(PlannedStep::reason)
        .containsExactly(
            "'create index concurrently on t (a)' at V1__a.sql:3:3 cannot run in a transaction",
            "V2__b.sql.conf:2 says executeInTransaction=false",
            "",
            "'vacuum' at V4__d.sql:2:1 cannot run in a transaction");
  }

  @ParameterizedTest
  @CsvSource({
    "-- migrate:up transaction:false, 1_a.sql:1 says transaction:false",
    "-- +migrate Up notransaction, 1_a.sql:1 says notransaction",
    "'-- +goose NO TRANSACTION\n-- +goose Up', 1_a.sql:1 says NO TRANSACTION"
  })
  void aPlanTellsWhatMarkersSay(String marker, String reason, TestDatabase database) {
    MigrationEngine engine = folder()
        .script("1_a.sql", marker.replace("\\n", "\n") + "\nselect 1;\n")
        .engine(database);
    assertThat(engine.plan().steps())
        .singleElement()
        .satisfies(step -> assertThat(step.reason()).isEqualTo(reason));
  }

  /** Says of itself that it runs without a transaction. */
  private static final class Alone implements JavaMigration {

    @Override
    public String version() {
      return "0002.5";
    }

    @Override
    public String description() {
      return "alone";
    }

    @Override
    public String checksum() {
      return "1";
    }

    @Override
    public boolean transactional() {
      return false;
    }

    @Override
    public void apply(Connection connection) {}
  }

  @Test
  void aPlanTellsWhatFilesBesideScriptsAndClassesSay(TestDatabase database) throws IOException {
    Files.createDirectories(path.resolve("0002_b"));
    List<PlannedStep> steps = folder()
        .script("0002_b/up.sql", "select 1;")
        .script("0002_b/metadata.toml", "run_in_transaction = false")
        .builder(database.dataSource())
        .javaMigrations(List.of(new Alone()))
        .build()
        .plan()
        .steps();
    assertThat(steps)
        .extracting(PlannedStep::reason)
        .containsExactly(
            "0002_b/metadata.toml:1 says run_in_transaction = false",
            "its class " + Alone.class.getName() + " says so");
  }
}
