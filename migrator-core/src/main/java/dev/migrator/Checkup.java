package dev.migrator;

import dev.migrator.config.CheckPolicy;
import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.history.CheckRecords;
import dev.migrator.internal.inspect.Answer;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.internal.inspect.Circumstances;
import dev.migrator.internal.inspect.IndexChecks;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckResult;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.PostflightFailedException;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The checks around one operation: before it and after it. It outlives a lost connection: what was asked before the work
 * began is not asked again, and what the run touched is not forgotten.
 */
final class Checkup {

  private Reach reach = Reach.NOTHING;
  private @Nullable Set<Long> indexesBefore;
  private boolean recorded;

  /**
   * Asks the checks before a run.
   *
   * @throws MigrationException {@code PREFLIGHT_FAILED} with every check that failed, where they are required
   */
  void before(Held held, Plan plan) {
    Settings settings = held.operation().settings();
    boolean begun =
        !held.progress().done().isEmpty() || !held.progress().underWay().isEmpty();
    boolean looksBack = settings.postflight() != CheckPolicy.OFF;
    Reach planned = looksBack || asks(settings) ? Reach.of(plan) : Reach.NOTHING;
    reach = begun ? reach.plus(planned) : planned;
    if (looksBack && !begun) {
      indexesBefore = over(held, () -> IndexChecks.oids(held.session()));
    }
    if (!asks(settings) || begun && held.operation().safety().preflight() != null) {
      return;
    }
    // Where drift is refused, it says so with a code of its own.
    held.operation().fingerprints().compareWithLastRun(held);
    Map<String, Answer> answers = Map.of(
        Checks.PENDING.id(), pending(plan),
        Checks.SCHEMA_DRIFT.id(), held.operation().fingerprints().standing());
    CheckReport report = over(
        held,
        () -> round(held)
            .preflight(new CheckRound.Known(
                Circumstances.Tables.named(reach.tables()),
                reach.concurrently(),
                Set.of(),
                null,
                answers)));
    boolean stops = !report.failed().isEmpty() && settings.preflight() == CheckPolicy.REQUIRE;
    boolean forced = stops && settings.safeguards().force();
    CheckReport told = forced ? report.asForced() : report;
    held.operation().safety(held.operation().safety().withPreflight(told));
    held.operation().tell(new MigrationEvent.Checked(held.operation().runId(), told));
    if (stops && !forced) {
      throw refused(told);
    }
  }

  private static boolean asks(Settings settings) {
    return settings.preflight() != CheckPolicy.OFF;
  }

  /** Writes a forced preflight to the history, once its tables are there. */
  void record(Held held) {
    CheckReport preflight = held.operation().safety().preflight();
    if (recorded || preflight == null || !preflight.forced()) {
      return;
    }
    held.write(
        "recording the forced preflight",
        List.of(new CheckRecords(held.history().names(), held.operation().attempt())
            .forced(preflight)));
    recorded = true;
  }

  /** Asks the checks after a run. */
  void after(Held held) {
    Settings settings = held.operation().settings();
    if (settings.postflight() == CheckPolicy.OFF || held.progress().done().isEmpty()) {
      return;
    }
    Fingerprints fingerprints = held.operation().fingerprints();
    CheckReport report = over(
        held,
        () -> round(held)
            .postflight(new CheckRound.Known(
                Circumstances.Tables.named(reach.tables()),
                false,
                kept(fingerprints.initial()),
                indexesBefore,
                Map.of(Checks.SCHEMA_CHECKSUM.id(), checksum(fingerprints.check())))));
    held.operation().safety(held.operation().safety().withPostflight(report));
    held.operation().tell(new MigrationEvent.Checked(held.operation().runId(), report));
  }

  /**
   * The report of a run.
   *
   * @throws PostflightFailedException with it, where the checks after the run are required and one failed
   */
  static MigrationReport settled(Settings settings, MigrationReport report) {
    CheckReport postflight = report.safety().postflight();
    if (postflight != null
        && settings.postflight() == CheckPolicy.REQUIRE
        && !postflight.failed().isEmpty()) {
      throw new PostflightFailedException(report, postflight);
    }
    return report;
  }

  private static CheckRound round(Held held) {
    return new CheckRound(
        held.operation().settings(), held.session(), held.history(), held.operation()::check);
  }

  /** With somebody who can cancel what the server takes long over. */
  private static <T> T over(Held held, Supplier<T> work) {
    return held.operation().watch().over(held.session(), false, work);
  }

  static Answer pending(Plan plan) {
    List<Step> steps = plan.steps();
    return Answer.passed(
        steps.isEmpty()
            ? "nothing"
            : steps.size()
                + (steps.size() == 1 ? " migration: " : " migrations: ")
                + steps.stream()
                    .limit(10)
                    .map(step -> step.migration().label())
                    .collect(Collectors.joining(", "))
                + (steps.size() > 10 ? " and " + (steps.size() - 10) + " more" : ""));
  }

  private static Answer checksum(@Nullable SchemaCheck check) {
    return check == null
        ? Answer.notAsked(
            "it was not recorded", "let runs record the schema (--schema-recording runs).")
        : Answer.passed(check.now().toString());
  }

  /** Of the tables that no script names; nothing where scripts do not tell all that they remove. */
  private Set<String> kept(@Nullable SchemaSnapshot before) {
    return before == null || !reach.legible()
        ? Set.of()
        : KeptColumns.of(before, table -> !reach.names(table.schema(), table.name()));
  }

  private static MigrationException refused(CheckReport report) {
    List<CheckResult> failed = report.failed();
    return MigrationException.because(
            FailureCode.PREFLIGHT_FAILED,
            failed.size() == 1
                ? "a check before the run failed:"
                : failed.size() + " checks before the run failed:")
        .detail(
            failed.stream().map(PostflightFailedException::lines).collect(Collectors.joining("\n")))
        .done("nothing was changed.", List.of())
        .advice(
            failed.stream()
                    .map(result -> result.id() + ": " + result.advice())
                    .collect(Collectors.joining("\n"))
                + "\n--force, in code safeguards(s -> s.force(true)), goes on nevertheless, and is written to the history.")
        .build();
  }
}
