package dev.migrator;

import dev.migrator.config.DriftPolicy;
import dev.migrator.config.SchemaRecording;
import dev.migrator.internal.history.SchemaRecords;
import dev.migrator.internal.inspect.Answer;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.lock.LookAgainException;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.internal.schema.SnapshotFile;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.CheckResult;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaSnapshot;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one operation finds out about the schema around its steps, and records. A failure of its own never fails the
 * operation: the report says that something was not recorded.
 */
final class Fingerprints {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  private static final String RECORDING = "recording the schema's fingerprint";

  private static final Answer NOT_LOOKED = Answer.notAsked(
      "the schema is not recorded", "let runs record it (--schema-recording runs).");

  private final Settings settings;
  private final Set<String> notes = new LinkedHashSet<>();
  private @Nullable SchemaCheck check;
  private boolean kept;
  private boolean unreadable;
  private @Nullable Held looked;
  private @Nullable SchemaSnapshot found;
  private @Nullable SchemaSnapshot initial;
  private Answer standing = NOT_LOOKED;

  Fingerprints(Settings settings) {
    this.settings = settings;
  }

  /** The report with what was found out. */
  MigrationReport complete(MigrationReport report) {
    return report.withSchema(check, List.copyOf(notes));
  }

  /** Whether a rollback did not bring back what was there before. */
  boolean notRestored() {
    return check != null && check.differs();
  }

  /** Whether what was applied since then, and is not rolled back, stands in the way of such a comparison. */
  boolean keptSomething() {
    return kept;
  }

  /**
   * Looks whether the schema is what the last run left.
   *
   * @return what is there, where it was looked at
   * @throws MigrationException {@code SCHEMA_DRIFTED} where that is to be refused
   */
  @Nullable
  SchemaSnapshot compareWithLastRun(Held held) {
    if (!held.equals(looked)) {
      standing = NOT_LOOKED;
      found = look(held);
      looked = held;
    }
    return found;
  }

  /** What came of the comparison with what the last run left. */
  Answer standing() {
    return standing;
  }

  /** The schema before the first step; {@code null} where nobody looked. */
  @Nullable
  SchemaSnapshot initial() {
    return initial;
  }

  /** The schema after the steps; {@code null} where nobody looked. */
  @Nullable
  SchemaCheck check() {
    return check;
  }

  private @Nullable SchemaSnapshot look(Held held) {
    if (held.progress().done().isEmpty()) {
      // Another pass of the same operation, behind others: what the one before found does not
      // count.
      notes.clear();
      check = null;
    }
    if (isOff() || settings.schemaWatch().drift() == DriftPolicy.IGNORE) {
      return null;
    }
    SchemaRecords.Recorded last = quietly(
        "reading what the last run left",
        () -> held.history().recordedSchema(settings.schemaWatch().schemas()));
    if (last == null) {
      standing = Answer.notAsked(
          "no run has recorded it yet", "the run that comes records it for the next one.");
      if (settings.schemaWatch().drift() == DriftPolicy.REFUSE && hasApplied(held)) {
        uncompared("no run has recorded it");
      }
      return null;
    }
    if (!last.latest()) {
      if (held.progress().done().isEmpty()) {
        uncompared(
            "migrations were applied or rolled back since the schema was recorded at " + last.at());
      }
      return null;
    }
    if (!last.sameSchemas()) {
      uncompared("it was recorded about other schemas");
      return null;
    }
    SchemaSnapshot now = snapshot(held);
    if (now == null) {
      uncompared("it could not be read");
      return null;
    }
    String problem =
        quietly("comparing the schema with what the last run left", () -> drift(last, now));
    if (problem == null) {
      if (standing.equals(NOT_LOOKED)) {
        standing = Answer.passed("it is: " + now.fingerprint());
      }
      return now;
    }
    standing =
        new Answer(CheckResult.Outcome.WARNED, problem.replaceAll("\\.$", ""), List.of(), null);
    if (settings.schemaWatch().drift() == DriftPolicy.REFUSE) {
      throw MigrationException.because(FailureCode.SCHEMA_DRIFTED, problem)
          .done("nothing was changed.", List.of())
          .advice(
              "look at what differs (migrator drift), and bring it into a migration or undo it; or set"
                  + " DriftPolicy.WARN for this run.")
          .build();
    }
    note("Before the run " + problem);
    return now;
  }

  private @Nullable String drift(SchemaRecords.Recorded last, SchemaSnapshot now) {
    SchemaFingerprint left = SchemaFingerprint.of(last.fingerprint());
    SchemaFingerprint actual = now.fingerprint();
    if (!left.comparableWith(actual)) {
      uncompared("the recorded fingerprint is a " + left.flavour().stored() + " one of format "
          + left.format() + " and PostgreSQL " + left.serverMajor());
      return null;
    }
    if (left.sameSchema(actual)) {
      return null;
    }
    String differences = quietly("comparing the snapshots", () -> differences(last, now));
    return "the schema is not what the last run left at " + last.at()
        + (differences == null ? "" : differences) + ".";
  }

  private boolean hasApplied(Held held) {
    List<AppliedMigration> rows = quietly("reading what is applied", held.history()::read);
    return rows != null && rows.stream().anyMatch(AppliedMigration::isApplied);
  }

  private void uncompared(String reason) {
    standing = Answer.notAsked(reason, "compare with a replay: migrator drift --against replay.");
    note("Before the run the schema was not compared with what the last run left: " + reason + ".");
  }

  private static String differences(SchemaRecords.Recorded last, SchemaSnapshot now) {
    String snapshot = last.snapshot();
    if (snapshot == null) {
      return "";
    }
    SchemaDiff diff = SnapshotComparison.between(SnapshotFile.decompressed(snapshot), now);
    return ": " + diff.summary();
  }

  /**
   * Notes what is there before the first step.
   *
   * @param found what is there, where it was looked at already
   * @return what should be there after the last one; {@code null} where nobody knows
   */
  @Nullable
  SchemaFingerprint before(Held held, Plan plan, @Nullable SchemaSnapshot found) {
    check = null;
    kept = false;
    if (isOff()) {
      return null;
    }
    Step first = plan.steps().get(0);
    if (first.action() == Action.ROLLBACK) {
      return quietly("reading what was there before", () -> expected(held, plan));
    }
    SchemaSnapshot snapshot = found != null ? found : snapshot(held);
    if (initial == null) {
      initial = snapshot;
    }
    record(held, begins(first) ? first : null, snapshot, beginning(plan));
    return null;
  }

  /** What was recorded before the earliest of the migrations that are rolled back. */
  private @Nullable SchemaFingerprint expected(Held held, Plan plan) {
    List<String> ids = plan.steps().stream().map(step -> step.migration().id()).toList();
    Migration earliest = plan.steps().get(plan.steps().size() - 1).migration();
    String recorded = held.history().schemaBefore().get(earliest.id());
    if (recorded == null) {
      note("Whether the rollback restores the schema is not known: none was recorded before "
          + earliest.label() + " was applied.");
      return null;
    }
    List<String> since = held.history().appliedSince(earliest.id(), ids);
    if (!since.isEmpty()) {
      kept = true;
      note("Whether the rollback restores the schema is not known: "
          + String.join(", ", since)
          + " stays, and was applied after the schema was recorded before "
          + earliest.label() + ".");
      return null;
    }
    if (!held.history().recordedWith(earliest.id(), settings.schemaWatch().schemas())) {
      note("Whether the rollback restores the schema is not known: what was recorded before "
          + earliest.label() + " is about other schemas.");
      return null;
    }
    return SchemaFingerprint.of(recorded);
  }

  /** Notes what is there between two steps. */
  void between(Held held, Plan plan, Step step) {
    if (!isOff()
        && step.action() == Action.APPLY
        && begins(step)
        && !step.equals(plan.steps().get(0))
        && settings.schemaWatch().recording().betweenMigrations(plan.steps().size())) {
      record(held, step, snapshot(held), List.of(step.migration().id()));
    }
  }

  private static List<String> beginning(Plan plan) {
    return plan.steps().stream()
        .filter(Fingerprints::begins)
        .map(step -> step.migration().id())
        .toList();
  }

  private void record(
      Held held, @Nullable Step step, @Nullable SchemaSnapshot snapshot, List<String> forgotten) {
    write(
        held,
        () -> records(held)
            .before(
                step == null ? null : step.migration().id(),
                snapshot == null ? null : snapshot.fingerprint().toString(),
                forgotten));
  }

  /**
   * Records what is there after the steps.
   *
   * @param expected what should be there; {@code null} where nobody knows
   */
  void after(Held held, @Nullable SchemaFingerprint expected) {
    if (isOff()) {
      return;
    }
    long started = System.nanoTime();
    SchemaSnapshot now = snapshot(held);
    if (now == null) {
      return;
    }
    SchemaFingerprint fingerprint = now.fingerprint();
    boolean comparable = expected != null && expected.comparableWith(fingerprint);
    check = new SchemaCheck(fingerprint, comparable ? expected : null);
    if (check.differs()) {
      note("The schema is not what it was before the rolled-back migrations were applied: expected "
          + expected + ", found "
          + fingerprint
          + ". migrator verify tells which down script does not restore it; or somebody changed the schema"
          + " otherwise.");
    }
    write(
        held,
        () -> records(held)
            .after(
                fingerprint.toString(),
                settings.schemaWatch().keepSnapshots() ? SnapshotFile.compressed(now) : null,
                (System.nanoTime() - started) / 1_000_000,
                settings.schemaWatch().schemas()));
  }

  private void write(Held held, Supplier<Command> command) {
    quietly(RECORDING, () -> {
      held.write(RECORDING, List.of(command.get()));
      return null;
    });
  }

  private static boolean begins(Step step) {
    return step.resume() == null && !step.again();
  }

  /** Not once more where it could not be read: each attempt may wait for a lock that somebody keeps. */
  private @Nullable SchemaSnapshot snapshot(Held held) {
    if (unreadable) {
      return null;
    }
    SchemaSnapshot snapshot = quietly(
        "reading the schema",
        () -> held.operation()
            .watch()
            .over(
                held.session(),
                false,
                () -> SnapshotReader.read(
                    held.session(),
                    settings.scope(held.history().names()),
                    settings.conduct().limits().lockTimeout())));
    unreadable = snapshot == null;
    return snapshot;
  }

  private SchemaRecords records(Held held) {
    return new SchemaRecords(held.history().names(), held.operation().attempt());
  }

  private boolean isOff() {
    return settings.schemaWatch().recording() == SchemaRecording.OFF;
  }

  private void note(String text) {
    LOG.warn(text);
    notes.add(text);
  }

  private <T> @Nullable T quietly(String doing, Supplier<@Nullable T> work) {
    try {
      return work.get();
    } catch (LookAgainException e) {
      throw e;
    } catch (RuntimeException e) {
      note(doing + " failed: " + e.getMessage());
      return null;
    }
  }
}
