package dev.migrator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrator.config.MigrationTarget;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.Review;
import dev.migrator.config.RollbackTarget;
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
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes back in production is confirmed, tried and shown as what applies is. */
@PostgresTest
@Tag("any-server")
class RollbackReviewTest {

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

  private MigrationEngineBuilder careful() {
    return production()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.dryRun(ThrowAwayDatabases.beside(database))));
  }

  private void apply() {
    production().confirmProduction(true).build().migrate();
  }

  private String tables() {
    return String.join(
        " ",
        database
            .query("select to_regclass('a') is not null, to_regclass('b') is not null")
            .get(0));
  }

  @Test
  void aRollbackIsShownAndWaits() {
    apply();
    List<MigrationPlan> shown = new ArrayList<>();
    long started = System.nanoTime();
    MigrationEngine engine = production()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofMillis(600))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan review) {
            shown.add(review.plan());
            assertThat(tables()).isEqualTo("t t");
          }
        })
        .build();
    String digest = engine.planRollback(RollbackTarget.steps(1)).digest();
    engine.rollback(RollbackTarget.steps(1));
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(600));
    assertThat(shown).singleElement().satisfies(plan -> {
      assertThat(plan.digest()).isEqualTo(digest);
      assertThat(plan.steps())
          .extracting(step -> step.action() + " " + step.migration().id())
          .containsExactly("ROLLBACK 02");
    });
    assertThat(tables()).isEqualTo("t f");
  }

  @Test
  void whoStopsARollbackInTheWindowHasChangedNothing() {
    apply();
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
                MigrationException.class,
                () -> requireNonNull(engine.get()).rollback(RollbackTarget.all()))
            .code())
        .isEqualTo(FailureCode.CANCELLED);
    assertThat(tables()).isEqualTo("t t");
  }

  @Test
  void aRollbackThatFailsOnTheCopyDoesNotBegin() {
    folder.script("01_a_rollback.sql", "drop table a; drop table nothing;");
    apply();
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> careful().build().rollback(RollbackTarget.all()));
    assertThat(refused.code()).isEqualTo(FailureCode.DRY_RUN_FAILED);
    assertThat(refused).hasMessageContaining("01 a", "nothing was changed in the database");
    assertThat(tables()).isEqualTo("t t");
    // What is tried is what would run, and no more.
    careful().build().rollback(RollbackTarget.steps(1));
    assertThat(tables()).isEqualTo("t f");
  }

  @Test
  void migrationsThatWereAppliedOutOfOrderAreTriedInTheOrderOfTheRollback() {
    folder.without("01_a.sql").without("01_a_rollback.sql");
    apply();
    folder
        .script("01_a.sql", "create table a (id int);")
        .script("01_a_rollback.sql", "drop table a; drop table nothing;");
    production()
        .confirmProduction(true)
        .outOfOrder(OutOfOrderPolicy.APPLY)
        .build()
        .migrate();
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () ->
            careful().outOfOrder(OutOfOrderPolicy.APPLY).build().rollback(RollbackTarget.steps(1)));
    assertThat(refused.code()).isEqualTo(FailureCode.DRY_RUN_FAILED);
    assertThat(refused).hasMessageContaining("01 a");
    assertThat(tables()).isEqualTo("t t");
  }

  @Test
  void whatWasAppliedIsNotReplayedFromAScriptThatWasEditedSince() {
    for (String name : List.of("01_a.sql", "01_a_rollback.sql", "02_b.sql", "02_b_rollback.sql")) {
      folder.without(name);
    }
    folder
        .script("V1__a.sql", "create table a (id int);")
        .script("V2__b.sql", "create table b (id int);")
        .script("U2__b.sql", "drop table b;")
        .script("R__v.sql", "create or replace view v as select 1 as n;");
    apply();
    folder
        .script("V1__a.sql", "create table a (id int, another int);")
        .script("R__v.sql", "create or replace view v as select 1 as n, 2 as m;");
    // Without an address there is no copy either.
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> careful().build().rollback(RollbackTarget.steps(1)));
    assertThat(refused.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
    assertThat(refused)
        .hasMessageContaining("1 a (its script is not the one that was applied)")
        .hasMessageContaining("v (its script is not the one that was applied)")
        .hasMessageContaining("it needs the address of the database");
    assertThat(tables()).isEqualTo("t t");
  }

  /** The half of a migration whose down script is there, and what follows it. */
  private void halfWay() {
    folder.script("02_b.sql", """
            -- migrator: transaction=off
            create table b (id int);
            select 1 / 0;
            """).script("02_b_rollback.sql", "drop table if exists b;");
    assertThatThrownBy(this::apply).hasMessageContaining("division by zero");
    folder
        .script("02_b.sql", "create table b (id int, n int);")
        .script("03_c.sql", "create table c ();");
  }

  private MigrationEngineBuilder takingDown() {
    return production().partiallyApplied(PartialPolicy.TAKE_DOWN);
  }

  @Test
  void thePlanOfARunThatTakesDownIsTheOneThatItsDigestConfirms() {
    halfWay();
    MigrationPlan plan = takingDown().build().plan();
    assertThat(plan.steps())
        .extracting(step -> step.action() + " " + step.migration().id())
        .containsExactly("ROLLBACK 02", "APPLY 02", "APPLY 03");
    MigrationException refused = catchThrowableOfType(
        MigrationException.class, () -> takingDown().build().migrate());
    assertThat(refused)
        .hasMessageContaining("nobody confirmed to roll back 02 b, apply 02 b, 03 c")
        .hasMessageContaining(plan.digest());
    folder.script("03_c.sql", "create table c (n int);");
    assertThat(catchThrowableOfType(
                MigrationException.class,
                () -> takingDown().confirmPlan(plan.digest()).build().migrate())
            .code())
        .isEqualTo(FailureCode.PRODUCTION_UNCONFIRMED);
    assertThat(tables()).isEqualTo("t t");
    folder.script("03_c.sql", "create table c ();");
    assertThat(takingDown().confirmPlan(plan.digest()).build().migrate().steps())
        .extracting(step -> step.action() + " " + step.migration().id())
        .containsExactly("ROLLBACK 02", "APPLY 02", "APPLY 03");
  }

  @Test
  void aRunThatTakesDownIsShownOnceAndWhole() {
    halfWay();
    List<Integer> shown = new ArrayList<>();
    takingDown()
        .confirmProduction(true)
        .safeguards(s -> s.review(Review.NONE.window(Duration.ofMillis(100))))
        .listener(event -> {
          if (event instanceof MigrationEvent.ReviewBegan review) {
            shown.add(review.plan().steps().size());
            assertThat(database.value("select count(*) from b")).isEqualTo("0");
          }
        })
        .build()
        .migrate();
    assertThat(shown).containsExactly(3);
  }

  @Test
  void whatIsTakenDownIsNoneOfTheStepsThatARunIsToApply() {
    halfWay();
    assertThat(takingDown()
            .confirmProduction(true)
            .build()
            .migrate(MigrationTarget.steps(1))
            .steps())
        .extracting(step -> step.action() + " " + step.migration().id())
        .containsExactly("ROLLBACK 02", "APPLY 02");
  }

  @Test
  void aRefusalBehindTheTakeDownSaysWhatWasTakenDown() {
    halfWay();
    folder.script("03_c.sql", "drop table a;");
    MigrationException refused = catchThrowableOfType(
        MigrationException.class,
        () -> takingDown().confirmProduction(true).build().migrate());
    assertThat(refused.code()).isEqualTo(FailureCode.DESTRUCTION_BLOCKED);
    assertThat(refused)
        .hasMessageContaining("that stays: 02 b")
        .hasMessageNotContaining("nothing was changed");
    assertThat(tables()).isEqualTo("t f");
  }
}
