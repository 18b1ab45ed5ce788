package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.Review;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationPlan;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import dev.migrator.testing.ThrowAwayDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans that are confirmed by their digest, phrases, dry runs that must pass, and time to look. */
@PostgresTest
class PlanConfirmationTest {

  @TempDir
  Path path;

  private TestDatabase database;
  private MigrationFolder folder;

  @BeforeEach
  void twoMigrations(TestDatabase fresh) {
    database = fresh;
    folder = new MigrationFolder(path).withTablesAAndB();
  }

  private MigrationEngineBuilder production() {
    return folder.production(database);
  }

  private static MigrationException failure(MigrationEngineBuilder builder) {
    return catchThrowableOfType(MigrationException.class, () -> builder.build().migrate());
  }

  @Test
  void theDigestNamesThePlanAndNothingElse() {
    String digest = production().build().plan().digest();
    // Frozen: pipelines keep it between the look at a plan and its run.
    assertThat(digest)
        .isEqualTo("553956f9fa5a606423f0d9a3ccc4e747df82822815ac972bc9c0f84da454a975");
    assertThat(folder.builder(database.dataSource()).build().plan().digest()).isEqualTo(digest);
    folder.script("02_b.sql", "create table b (id bigint);");
    assertThat(production().build().plan().digest()).isNotEqualTo(digest);
  }

  @Test
  void theDigestChangesWithEverythingThatChangesWhatRuns() {
    folder.script("03_c.sql", "create table ${table} (id int);");
    String digest = digest(production().placeholders(Map.of("table", "c")));
    assertThat(digest(production().placeholders(Map.of("table", "c")))).isEqualTo(digest);
    List<String> others = new ArrayList<>();
    others.add(digest(production().placeholders(Map.of("table", "d"))));
    others.add(digest(
        production().placeholders(Map.of("table", "c")).transactionMode(TransactionMode.SINGLE)));
    others.add(digest(production().placeholders(Map.of("table", "c")).searchPath("app")));
    others.add(digest(production().placeholders(Map.of("table", "c")).timeZone("Europe/Berlin")));
    folder.script("02_b_rollback.sql", "drop table b; drop table if exists a;");
    others.add(digest(production().placeholders(Map.of("table", "c"))));
    assertThat(others).doesNotContain(digest).doesNotHaveDuplicates();
  }

  @Test
  void theDigestChangesWithAFileThatTurnsTheTransactionOff() {
    folder
        .without("01_a.sql")
        .without("02_b.sql")
        .without("01_a_rollback.sql")
        .without("02_b_rollback.sql");
    folder.script("V1__a.sql", "create table a (id int); create table b (id int);");
    String digest = digest(production());
    folder.script("V1__a.sql.conf", "executeInTransaction=false");
    assertThat(digest(production())).isNotEqualTo(digest);
  }

  @Test
  void theDigestTellsWhereAHalfWayMigrationGoesOn() {
    folder.script("03_c.sql", """
        -- migrator: transaction=off
        create table c (id int);
        insert into c values (1);
        create table d (id int);
        """);
    production().confirmProduction(true).build().migrate(MigrationTarget.upTo("02"));
    String whole = digest(production());
    database.execute("create table d ()");
    assertThat(failure(production().confirmProduction(true)).code())
        .isEqualTo(FailureCode.MIGRATION_FAILED);
    database.execute("drop table d");
    assertThat(digest(production())).isNotEqualTo(whole);
  }

  private static String digest(MigrationEngineBuilder builder) {
    return builder.build().plan().digest();
  }

  /** Behind a pooler nothing is held meanwhile, and a lock goes with its connection: here it is lost in the window. */
  @Test
  void whatComesIntoThePlanAfterItsConfirmationIsNotConfirmed() {
    production().confirmProduction(true).build().migrate(MigrationTarget.upTo("01"));
    String digest = production().build().plan().digest();
    List<MigrationEvent.ReviewBegan> reviewed = new CopyOnWriteArrayList<>();
    MigrationException refused = failure(production()
        .confirmPlan(digest)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofSeconds(3))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan review && reviewed.isEmpty()) {
            reviewed.add(review);
            database.query(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
            production().confirmProduction(true).build().rollback(RollbackTarget.all());
          }
        }));
    assertThat(refused.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(reviewed).hasSize(1);
    assertThat(database.value("select to_regclass('a')")).isEqualTo("NULL");
  }

  @Test
  void aPlanWithMoreInItIsReviewedAgain() {
    production().confirmProduction(true).build().migrate(MigrationTarget.upTo("01"));
    List<Integer> reviewed = new CopyOnWriteArrayList<>();
    folder.script(
        "02_b.sql",
        "create table b (id int); select pg_terminate_backend(pg_backend_pid()) from once;");
    database.execute("create table once as select 1");
    production()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofMillis(200))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan review) {
            reviewed.add(review.plan().steps().size());
          }
          if (event instanceof MigrationEvent.Reconnected) {
            database.execute("drop table a; truncate once");
            database.execute("delete from schema_migrations where version = '01'");
          }
        })
        .build()
        .migrate();
    assertThat(reviewed).containsExactly(1, 2);
  }

  @Test
  void aDigestConfirmsExactlyItsPlan() {
    MigrationPlan plan = production().build().plan();
    folder.script("03_c.sql", "create table c ();");
    MigrationException refused = failure(production().confirmPlan(plan.digest()));
    assertThat(refused.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(refused)
        .hasMessageContaining(plan.digest())
        .hasMessageContaining(production().build().plan().digest());
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
    folder.without("03_c.sql");
    production().confirmPlan(plan.digest().toUpperCase(Locale.ROOT)).build().migrate();
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("2");
  }

  @Test
  void anotherPlanIsRefusedInEveryEnvironment() {
    MigrationException refused = failure(production()
        .environment(Environment.TEST)
        .confirmProduction(true)
        .confirmPlan("0".repeat(64)));
    assertThat(refused.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
  }

  @Test
  void theVariableMayHoldADigest() {
    String digest = production().build().plan().digest();
    assertThat(failure(production()
                .processEnvironment(Map.of("CONFIRM_PRODUCTION_MIGRATION", "1".repeat(64))))
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    production()
        .processEnvironment(Map.of("CONFIRM_PRODUCTION_MIGRATION", digest))
        .build()
        .migrate();
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("2");
  }

  @Test
  void aRollbackHasADigestOfItsOwn() {
    production().confirmProduction(true).build().migrate();
    String digest = production().build().planRollback(RollbackTarget.steps(1)).digest();
    MigrationEngine engine = production().confirmPlan(digest).build();
    assertThat(catchThrowableOfType(
                MigrationException.class, () -> engine.rollback(RollbackTarget.all()))
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    engine.rollback(RollbackTarget.steps(1));
    assertThat(database.value("select to_regclass('b')")).isEqualTo("NULL");
  }

  @Test
  void whatHasNoPlanIsNotConfirmedByADigest() {
    MigrationEngine engine = production().confirmPlan("0".repeat(64)).build();
    assertThat(catchThrowableOfType(MigrationException.class, () -> engine.baseline("01"))
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
  }

  @Test
  void whatIsNoDigestIsRefusedAtOnce() {
    assertThat(catchThrowableOfType(MigrationException.class, () -> production().confirmPlan("abc"))
            .code())
        .isEqualTo(FailureCode.CONFIGURATION_INVALID);
  }

  @Test
  void thePhraseConfirmsAndMayBeTheOnlyThingThatDoes() {
    MigrationEngineBuilder strict =
        production().safeguards(s -> s.review(Review.NONE.phrase(true))).confirmProduction(true);
    MigrationException refused = failure(strict);
    assertThat(refused.code()).isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(refused.advice()).contains("--confirm-phrase MIGRATE-PRODUCTION");
    assertThat(failure(strict.confirmPhrase("migrate-production")).code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(strict.confirmPhrase(Review.PHRASE).build().migrate().steps()).hasSize(2);
  }

  @Test
  void aDryRunThatMustPassStopsTheRun() {
    ThrowAwayServer server = ThrowAwayDatabases.beside(database);
    MigrationEngineBuilder careful =
        production().confirmProduction(true).safeguards(s -> s.review(Review.NONE.dryRun(server)));
    folder.script("03_wrong.sql", "drop table nothing;");
    MigrationException refused = failure(careful);
    assertThat(refused.code()).isEqualTo(FailureCode.DRY_RUN_FAILED);
    assertThat(refused.code().exitCode()).isEqualTo(2);
    assertThat(refused).hasMessageContaining("03 wrong", "nothing was changed in the database");
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
    folder.without("03_wrong.sql");
    assertThat(careful.build().migrate().steps()).hasSize(2);
  }

  @Test
  void thePlanIsShownAndTheRunWaits() {
    List<MigrationEvent.ReviewBegan> shown = new ArrayList<>();
    long started = System.nanoTime();
    production()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofMillis(700))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan review) {
            shown.add(review);
          }
        })
        .build()
        .migrate();
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(700));
    assertThat(shown).singleElement().satisfies(review -> {
      assertThat(review.plan().steps()).hasSize(2);
      assertThat(review.window()).isEqualTo(Duration.ofMillis(700));
    });
  }

  @Test
  void whoStopsItInTheWindowHasChangedNothing() {
    AtomicReference<MigrationEngine> engine = new AtomicReference<>();
    engine.set(production()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofMinutes(10))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan) {
            requireNonNull(engine.get()).cancel();
          }
        })
        .build());
    assertThat(catchThrowableOfType(
                MigrationException.class, () -> requireNonNull(engine.get()).migrate())
            .code())
        .isEqualTo(FailureCode.CANCELLED);
    assertThat(database.value("select to_regclass('schema_migrations')")).isEqualTo("NULL");
  }
}
