package dev.migrator.verify;

import dev.migrator.config.RowCheck;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.RowTrial;
import dev.migrator.internal.rows.TableName;
import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.verify.TrialResult.Phase;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tries one migration on copies of the state before it. */
final class Trial {

  /** Two runs that are so far apart see another second on the clock. */
  private static final Duration APART = Duration.ofMillis(1_100);

  /** These say nothing about the migration. */
  private static final Set<FailureCode> NO_VERDICT = Set.of(
      FailureCode.CANCELLED,
      FailureCode.INTERRUPTED,
      FailureCode.CONFIGURATION_INVALID,
      FailureCode.SCHEMA_UNREADABLE,
      FailureCode.DATABASE_UNREACHABLE,
      FailureCode.CONNECTION_LOST,
      FailureCode.CONNECTION_UNUSABLE,
      FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE);

  private final Stages stages;
  private final Subject subject;
  private final Stage pristine;
  private final SchemaSnapshot before;
  private final Chain.Link link;
  private final Unsteady unsteady;

  /**
   * A trial.
   *
   * @param pristine the state before the migration; it stays as it is
   * @param before its schema
   * @param link what the migration did to the chain
   * @param unsteady learns what depends on the clock or on chance
   */
  Trial(
      Stages stages,
      Subject subject,
      Stage pristine,
      SchemaSnapshot before,
      Chain.Link link,
      Unsteady unsteady) {
    this.stages = stages;
    this.subject = subject;
    this.pristine = pristine;
    this.before = before;
    this.link = link;
    this.unsteady = unsteady;
  }

  /** Whether a failure is a migration's, and not the verification's own. */
  static boolean isVerdict(MigrationException failure) {
    return !NO_VERDICT.contains(failure.code());
  }

  TrialResult run(RowCheck rows) {
    if (subject.obstacle().isPresent()) {
      return TrialResult.of(Phase.NOTHING, null);
    }
    waitFor(link.at());
    TrialResult result = schema();
    if (rows != RowCheck.OFF && result.afterDown() != null) {
      RowTrial.Outcome outcome = rows(rows == RowCheck.GENERATED);
      result = result.withData(outcome.verdict(), outcome.findings());
    }
    return result.without(unsteady, subject.migration());
  }

  private RowTrial.Outcome rows(boolean generated) {
    try {
      RowTrial.Outcome outcome =
          new RowTrial(generated, ownTables()).run(() -> new Bench(stageCopy()));
      stages.requireGoing();
      return outcome;
    } catch (NoVerdict e) {
      throw e.failure;
    }
  }

  private TrialResult schema() {
    try (Stage stage = stageCopy()) {
      MigrationException failure = attempt(stage::up);
      if (failure != null) {
        return TrialResult.of(Phase.UP, failure);
      }
      SchemaSnapshot first = stage.snapshot();
      unsteady.learn(SnapshotComparison.between(link.after(), first), subject.migration());
      if (subject.isRepeatable()) {
        return again(stage, first, null, Duration.ZERO);
      }
      return subject.canGoDown() ? down(stage, first) : TrialResult.of(Phase.UP, null);
    }
  }

  private TrialResult down(Stage stage, SchemaSnapshot first) {
    ReportStep step;
    try {
      step = stage.down();
    } catch (MigrationException e) {
      return TrialResult.of(Phase.DOWN, verdict(e));
    }
    SchemaSnapshot back = stage.snapshot();
    long at = System.nanoTime();
    SchemaDiff diff = SnapshotComparison.between(before, back);
    TrialResult result = again(stage, first, diff, step.duration());
    if (mayBeUnsteady(unsteady.without(diff, subject.migration()), first)) {
      waitFor(at);
      askTwice(back);
    }
    return result;
  }

  private TrialResult again(
      Stage stage, SchemaSnapshot first, @Nullable SchemaDiff afterDown, Duration down) {
    MigrationException failure = null;
    SchemaDiff afterAgain = null;
    Duration took = Duration.ZERO;
    try {
      took = (subject.isRepeatable() ? stage.again(subject.migration()) : stage.up()).duration();
    } catch (MigrationException e) {
      failure = verdict(e);
    }
    if (failure == null) {
      afterAgain = SnapshotComparison.between(first, stage.snapshot());
    }
    TrialResult nothing = TrialResult.of(Phase.AGAIN, failure);
    return new TrialResult(
        failure,
        Phase.AGAIN,
        afterDown,
        afterAgain,
        down,
        took,
        nothing.data(),
        nothing.dataFindings());
  }

  /** Whether the down script made something that was neither there before nor the up script's. */
  private static boolean mayBeUnsteady(SchemaDiff diff, SchemaSnapshot first) {
    if (diff.isEmpty() || diff.onlyColumnOrder()) {
      return false;
    }
    Set<SchemaObject> untouched = new HashSet<>(first.objects());
    return diff.changes().stream()
        .anyMatch(change ->
            !(change instanceof SchemaChange.Removed) && !untouched.contains(change.object()));
  }

  /** Goes up and down once more, at another second, to see whether that comes out as the first time. */
  private void askTwice(SchemaSnapshot back) {
    try (Stage other = stageCopy()) {
      other.up();
      other.down();
      unsteady.learn(SnapshotComparison.between(back, other.snapshot()), subject.migration());
    } catch (MigrationException e) {
      verdict(e);
    }
  }

  private Stage stageCopy() {
    return pristine.copy();
  }

  private @Nullable MigrationException attempt(Runnable work) {
    try {
      work.run();
      return null;
    } catch (MigrationException e) {
      return verdict(e);
    }
  }

  private MigrationException verdict(MigrationException failure) {
    stages.requireGoing();
    if (!isVerdict(failure)) {
      throw failure;
    }
    return failure;
  }

  private Set<TableName> ownTables() {
    return pristine.ownTables().entrySet().stream()
        .flatMap(
            entry -> entry.getValue().stream().map(name -> new TableName(entry.getKey(), name)))
        .collect(Collectors.toSet());
  }

  private void waitFor(long since) {
    long left = APART.toNanos() - (System.nanoTime() - since);
    try {
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    stages.requireGoing();
  }

  /** A failure that says nothing about the migration, past those who take every failure for a migration's. */
  @SuppressWarnings("serial")
  private static final class NoVerdict extends RuntimeException {

    private final MigrationException failure;

    NoVerdict(MigrationException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  /** A copy on which rows are looked for. */
  private static final class Bench implements RowTrial.Bench {

    private final Stage stage;
    private final Session session;

    Bench(Stage stage) {
      this.stage = stage;
      try {
        this.session = stage.session();
      } catch (MigrationException e) {
        stage.close();
        throw e;
      }
    }

    @Override
    public Session session() {
      return session;
    }

    @Override
    public void up() {
      tried(stage::up);
    }

    @Override
    public void down() {
      tried(stage::down);
    }

    private void tried(Runnable script) {
      try {
        script.run();
      } catch (MigrationException e) {
        if (!isVerdict(e)) {
          throw new NoVerdict(e);
        }
        throw e;
      }
    }

    @Override
    public void close() {
      session.close();
      stage.close();
    }
  }
}
