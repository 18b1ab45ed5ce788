package dev.migrator;

import dev.migrator.config.MigrationTarget;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.SchemaRecords;
import dev.migrator.internal.inspect.Answer;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.internal.inspect.Circumstances;
import dev.migrator.internal.inspect.Circumstances.Tables;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.schema.SnapshotFile;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.CheckReport;
import dev.migrator.report.DriftReport;
import dev.migrator.report.SchemaFlavour;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The checks by themselves, without a run. Writes nothing and takes no lock. */
record LoneChecks(Settings settings) {

  /** Those that a run to a target would begin with. */
  CheckReport preflight(MigrationTarget target) {
    Inventory resolved = settings.source().takeScripts();
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = null;
      Reach reach = Reach.NOTHING;
      Answer pending;
      try {
        history = settings.locate(session);
        Plan plan = RunPlan.to(target, settings, resolved, history).whole();
        reach = Reach.of(plan);
        pending = Checkup.pending(plan);
      } catch (MigrationException e) {
        pending = disagreement(e);
      }
      return new CheckRound(settings, session, history, () -> {})
          .preflight(new CheckRound.Known(
              Tables.named(reach.tables()),
              reach.concurrently(),
              Set.of(),
              null,
              Map.of(
                  Checks.PENDING.id(),
                  pending,
                  Checks.SCHEMA_DRIFT.id(),
                  drift(session, history, false))));
    }
  }

  /** Those that a run ends with. Every table counts as one that it touched. */
  CheckReport postflight() {
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      return new CheckRound(settings, session, history, () -> {})
          .postflight(new CheckRound.Known(
              new Circumstances.Tables.All(),
              false,
              kept(history),
              null,
              Map.of(Checks.SCHEMA_CHECKSUM.id(), drift(session, history, true))));
    }
  }

  /** What keeps a run from having a plan: the same that would end it. */
  private static Answer disagreement(MigrationException failure) {
    if (failure.code() == FailureCode.CONNECTION_LOST || failure.code().exitCode() == 5) {
      throw failure;
    }
    return failure instanceof MigrationValidationException validation
        ? Answer.failed(
            "scripts and database disagree",
            validation.mismatches().stream().map(String::valueOf).toList())
        : Answer.failed(
                "there is no plan: " + failure.getMessage().lines().findFirst().orElse(""),
                List.of())
            .advising(failure.advice());
  }

  private Answer drift(Session session, @Nullable History history, boolean required) {
    if (history == null) {
      return Answer.notAsked("the tracking tables cannot be read", "see the other checks.");
    }
    try {
      DriftReport report = new Drift(settings).within(session, history, SchemaFlavour.STRICT);
      if (!report.hasDrifted()) {
        return Answer.passed("it is what the last run left: " + report.actual());
      }
      List<String> differences =
          report.diff() == null ? List.of() : List.of(report.diff().summary());
      String words = "it is not " + report.reference();
      return required ? Answer.failed(words, differences) : Answer.warned(words, differences);
    } catch (MigrationException e) {
      if (e.code() == FailureCode.CONNECTION_LOST) {
        throw e;
      }
      return Answer.notAsked(problem(e), e.advice());
    }
  }

  /** The sentence of the failure, without its code and its full stop. */
  private static String problem(MigrationException failure) {
    return failure.getMessage().lines().findFirst().orElse("").replaceAll("^\\[[A-Z_]+] |\\.$", "");
  }

  /** What the last run left, where it kept a snapshot and nothing was applied since. */
  private Set<String> kept(History history) {
    SchemaRecords.Recorded recorded =
        history.recordedSchema(settings.schemaWatch().schemas());
    String snapshot = recorded == null || !recorded.latest() ? null : recorded.snapshot();
    return snapshot == null
        ? Set.of()
        : KeptColumns.of(SnapshotFile.decompressed(snapshot), table -> true);
  }
}
