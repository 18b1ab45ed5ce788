package dev.migrator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.migrator.MigrationEngine;
import dev.migrator.faults.Fault.Kind;
import dev.migrator.faults.Fault.Moment;
import dev.migrator.faults.FaultProxy.Others;
import dev.migrator.testing.PostgresServer;
import dev.migrator.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** A run whose connection breaks, at every message that there is, and the run after it. */
class CutEverywhereTest {

  /** What a run meets. */
  enum Scenario {
    /** The process dies with its connection. */
    DIES_AFTER(Kind.CUT, Moment.AFTER, Others.REFUSED, 1),
    DIES_BEFORE(Kind.CUT, Moment.BEFORE, Others.REFUSED, 1),
    DIES_WITH_A_RESET(Kind.RESET, Moment.AFTER, Others.REFUSED, 1),
    /** The connection breaks; the process lives and can connect again. */
    BREAKS_AFTER(Kind.CUT, Moment.AFTER, Others.PASS, 1),
    BREAKS_TWICE(Kind.CUT, Moment.AFTER, Others.PASS, 2),
    BREAKS_WITH_A_RESET(Kind.RESET, Moment.BEFORE, Others.PASS, 1),
    /** Nobody notices for a while, or only one side does. */
    STALLS(Kind.STALL, Moment.AFTER, Others.REFUSED, 1),
    THE_SERVER_NOTICES_FIRST(Kind.SERVER_SEES_IT_FIRST, Moment.AFTER, Others.PASS, 1),
    THE_CLIENT_NOTICES_FIRST(Kind.CLIENT_SEES_IT_FIRST, Moment.AFTER, Others.REFUSED, 1);

    private final Kind kind;
    private final Moment moment;
    private final Others others;
    private final int times;

    Scenario(Kind kind, Moment moment, Others others, int times) {
      this.kind = kind;
      this.moment = moment;
      this.others = others;
      this.times = times;
    }

    /** Whether it is tried at every message of every plan that does more than read the schema. */
    boolean isBasic() {
      return this == DIES_AFTER || this == BREAKS_AFTER;
    }

    Trial at(Invariants invariants, Direction direction, int message) {
      return new Trial(invariants, new Fault(kind, moment, direction, message), others, times);
    }
  }

  /** Most of a trial is waiting: for the server, and for {@link FaultProxy#HOLD}. */
  private static final int AT_ONCE = 6;

  private static final int SHOWN = 12;

  /** Every how many messages the further scenarios are tried; 1 tries all, and takes an hour. */
  private static final int STRIDE = Integer.getInteger("migrator.faults.stride", 7);

  private static final Logger ENGINE = (Logger) LoggerFactory.getLogger(MigrationEngine.class);

  /** The engine warns of every lost connection; here that is a line for each of thousands of trials. */
  @BeforeAll
  static void quiet() {
    ENGINE.setLevel(Level.ERROR);
  }

  @AfterAll
  static void loud() {
    ENGINE.setLevel(null);
  }

  static Stream<Arguments> everything() {
    return Stream.of(
            SamplePlan.TRANSACTIONAL,
            SamplePlan.RECORDED,
            SamplePlan.NON_TRANSACTIONAL,
            SamplePlan.MIXED,
            SamplePlan.MAINTENANCE)
        .flatMap(plan -> Stream.of(Scenario.values())
            .filter(scenario -> plan != SamplePlan.RECORDED || scenario.isBasic())
            .map(scenario -> Arguments.of(plan, scenario)));
  }

  @ParameterizedTest
  @MethodSource("everything")
  @Tag("faults")
  void whatBreaksAtAnyMessageIsCompletedByTheNextRun(SamplePlan plan, Scenario scenario)
      throws Exception {
    int stride = plan == SamplePlan.RECORDED ? 4 * STRIDE : scenario.isBasic() ? 1 : STRIDE;
    perform(Undisturbed.of(plan), stride, scenario);
  }

  @ParameterizedTest
  @EnumSource(names = {"TRANSACTIONAL", "RECORDED", "NON_TRANSACTIONAL", "MIXED"})
  void whatBreaksHereAndThereIsCompletedByTheNextRun(SamplePlan plan) throws Exception {
    Undisturbed run = Undisturbed.of(plan);
    perform(run, run.toServer / 5, Scenario.DIES_AFTER, Scenario.BREAKS_AFTER);
  }

  /** Tries the scenarios at every so many messages in each direction, the last included. */
  // The numbers are for who reads the build's output.
  @SuppressWarnings("SystemOut")
  private static void perform(Undisturbed run, int stride, Scenario... scenarios) throws Exception {
    List<Trial> trials = new ArrayList<>();
    for (Scenario scenario : scenarios) {
      for (Direction direction : Direction.values()) {
        for (int message = run.messages(direction); message > 0; message -= stride) {
          trials.add(scenario.at(run.invariants(), direction, message));
        }
      }
    }
    List<Trial.Outcome> outcomes = all(trials);
    List<Trial.Outcome> wrong =
        outcomes.stream().filter(outcome -> !outcome.violations().isEmpty()).toList();
    System.out.printf(
        Locale.ROOT,
        "faults: %s, %s: %d positions tried, %d wrong; %d disturbed runs came to their end by themselves%n",
        run.invariants().plan(),
        Stream.of(scenarios).map(Scenario::toString).toList(),
        outcomes.size(),
        wrong.size(),
        outcomes.stream().filter(Trial.Outcome::firstSucceeded).count());
    assertThat(wrong.stream().limit(SHOWN).map(Trial.Outcome::toString))
        .as("%d of %d positions", wrong.size(), outcomes.size())
        .isEmpty();
  }

  private static List<Trial.Outcome> all(List<Trial> trials) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try (EmptyDatabases databases = new EmptyDatabases()) {
      List<Trial.Outcome> outcomes = new ArrayList<>();
      List<Callable<Trial.Outcome>> calls = new ArrayList<>();
      trials.forEach(trial -> calls.add(() -> trial.in(databases)));
      for (Future<Trial.Outcome> future : threads.invokeAll(calls)) {
        outcomes.add(future.get());
      }
      return outcomes;
    } finally {
      threads.shutdownNow();
    }
  }

  /**
   * A run that nothing disturbed.
   *
   * @param invariants what holds after it
   * @param toServer how many messages the engine sent
   * @param toClient how many the server sent
   */
  private record Undisturbed(Invariants invariants, int toServer, int toClient) {

    static Undisturbed of(SamplePlan plan) throws Exception {
      try (TestDatabase database = PostgresServer.shared().createDatabase();
          FaultProxy proxy = FaultProxy.before(database.dataSource(), Others.PASS)) {
        plan.engine(proxy.dataSource()).migrate();
        Undisturbed run = new Undisturbed(
            Invariants.of(plan, database.dataSource()),
            proxy.messages(Direction.TO_SERVER),
            proxy.messages(Direction.TO_CLIENT));
        assertThat(run.invariants.violations(database.dataSource())).isEmpty();
        return run;
      }
    }

    int messages(Direction direction) {
      return direction == Direction.TO_SERVER ? toServer : toClient;
    }
  }
}
