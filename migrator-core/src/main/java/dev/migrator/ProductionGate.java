package dev.migrator;

import dev.migrator.MigrationEngineBuilder.Settings;
import dev.migrator.config.Environment;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.util.List;
import java.util.stream.Collectors;

/** Lets changes pass where somebody confirmed them, or where the database is known not to be production. */
record ProductionGate(Settings settings) {

  void pass(Plan plan) {
    List<Step> steps = plan.steps();
    String verb = steps.get(0).action() == Action.ROLLBACK ? "roll back " : "apply ";
    pass(verb
        + steps.stream().limit(10).map(s -> s.migration().label()).collect(Collectors.joining(", "))
        + (steps.size() > 10 ? " and " + (steps.size() - 10) + " more" : ""));
  }

  void pass(String intention) {
    Environment environment = settings.environment();
    if (!environment.needsConfirmation() || settings.confirmed()) {
      return;
    }
    boolean unknown = environment == Environment.UNKNOWN;
    throw MigrationException.because(
            FailureCode.PRODUCTION_UNCONFIRMED,
            (unknown
                    ? "nobody said what this database is for, so it counts as production"
                    : "this is production")
                + ", and nobody confirmed to " + intention + ".")
        .done("nothing was changed.", List.of())
        .advice(
            (unknown
                    ? "if it is not production, say so: MIGRATOR_ENVIRONMENT=development, --environment development, or in code"
                        + " .environment(Environment.DEVELOPMENT)\nif it is, confirm: "
                    : "confirm: ")
                + "CONFIRM_PRODUCTION_MIGRATION=true, --confirm-production, or in code .confirmProduction(true)")
        .build();
  }
}
