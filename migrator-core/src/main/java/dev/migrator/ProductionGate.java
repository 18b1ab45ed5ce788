package dev.migrator;

import dev.migrator.config.Environment;
import dev.migrator.config.Review;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.util.List;
import java.util.function.Supplier;

/** Lets changes pass where somebody confirmed them, or where the database is known not to be production. */
record ProductionGate(Settings settings) {

  private static final int NAMED = 10;

  /** Lets a plan pass. */
  void pass(Plan plan) {
    settings.permission().confirmation().requirePlan(() -> settings.digest(plan));
    pass(intention(plan.steps()), true, () -> settings.digest(plan));
  }

  /** What would be done: its first migrations by name, each action said once. */
  private static String intention(List<Step> steps) {
    StringBuilder words = new StringBuilder();
    Action said = null;
    for (Step step : steps.subList(0, Math.min(NAMED, steps.size()))) {
      words.append(said == null ? "" : ", ");
      if (step.action() != said) {
        words.append(step.action() == Action.ROLLBACK ? "roll back " : "apply ");
        said = step.action();
      }
      words.append(step.migration().label());
    }
    return steps.size() > NAMED
        ? words + " and " + (steps.size() - NAMED) + " more"
        : words.toString();
  }

  /** Lets something pass that has no plan. */
  void pass(String intention) {
    pass(intention, false, () -> "");
  }

  private void pass(String intention, boolean ofPlan, Supplier<String> digest) {
    Environment environment = settings.permission().environment();
    boolean needsPhrase = settings.safeguards().review().phrase();
    if (!environment.needsConfirmation()
        || settings.permission().confirmation().covers(ofPlan, needsPhrase)) {
      return;
    }
    boolean unknown = environment == Environment.UNKNOWN;
    throw MigrationException.because(
            FailureCode.PRODUCTION_UNCONFIRMED,
            (unknown
                    ? "nobody said what this database is for, so it counts as production"
                    : "this is production")
                + ", and nobody confirmed to " + intention
                + settings.permission().confirmation().remarks(needsPhrase) + ".")
        .done("nothing was changed.", List.of())
        .advice((unknown
                ? "if it is not production, say so: MIGRATOR_ENVIRONMENT=development, --environment development, or in code"
                    + " .environment(Environment.DEVELOPMENT)\nif it is, confirm: "
                : "confirm: ")
            + (needsPhrase
                ? "--confirm-phrase " + Review.PHRASE + ", CONFIRM_PRODUCTION_MIGRATION="
                    + Review.PHRASE
                    + ", or in code .confirmPhrase(\"" + Review.PHRASE + "\")"
                : "CONFIRM_PRODUCTION_MIGRATION=true, --confirm-production, or in code .confirmProduction(true)"
                    + (ofPlan
                        ? "\nor this plan alone: CONFIRM_PRODUCTION_MIGRATION=" + digest.get()
                            + ", or --confirm-plan with it"
                        : "")))
        .build();
  }

  /** Lets a migration be applied again in development and test, whoever confirms it elsewhere. */
  void passReapplication() {
    Environment environment = settings.permission().environment();
    if (environment != Environment.DEVELOPMENT && environment != Environment.TEST) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "a migration is applied again in development and test only; this is "
                  + environment.stored() + ".")
          .done("nothing was changed.", List.of())
          .advice("write a new migration.")
          .build();
    }
  }
}
