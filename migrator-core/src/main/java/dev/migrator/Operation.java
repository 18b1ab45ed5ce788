package dev.migrator;

import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.execute.Progress;
import dev.migrator.internal.execute.Watch;
import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.Records;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.SafetyReport;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An operation that changes a database: who, since when, how far it came; whatever becomes of its connection. */
final class Operation {

  private final Settings settings;
  private final Action action;
  private final long started;
  private final Attempt attempt;
  private final Watch watch;
  private final Progress progress = new Progress();
  private final Fingerprints fingerprints;
  private final Checkup checkup = new Checkup();
  private SafetyReport safety = SafetyReport.NONE;
  private final Set<Migration> judged = new HashSet<>();
  private final Set<Part> confirmed = new HashSet<>();
  private final Set<Part> reviewed = new HashSet<>();
  private Map<Migration, List<Records.Allowed>> allowed = Map.of();
  private final boolean trial;
  private boolean begun;
  private List<String> leftBehind = List.of();
  private @Nullable MigrationException takingBack;

  /**
   * An operation.
   *
   * @param started when it began, in {@link System#nanoTime()}
   */
  Operation(Settings settings, Action action, long started) {
    this(settings, action, started, false);
  }

  private Operation(Settings settings, Action action, long started, boolean trial) {
    this.trial = trial;
    this.settings = settings;
    this.action = action;
    this.started = started;
    this.attempt = settings.newAttempt();
    this.watch = new Watch(settings.conduct().limits(), started);
    this.fingerprints = new Fingerprints(settings);
  }

  /** One that only tries what would be applied: what ends it is no failed run. */
  static Operation trial(Settings settings, long started) {
    return new Operation(settings, Action.APPLY, started, true);
  }

  Settings settings() {
    return settings;
  }

  Action action() {
    return action;
  }

  long started() {
    return started;
  }

  Attempt attempt() {
    return attempt;
  }

  UUID runId() {
    return attempt.runId();
  }

  Watch watch() {
    return watch;
  }

  /** How far it came. */
  Progress progress() {
    return progress;
  }

  /** What it finds out about the schema. */
  Fingerprints fingerprints() {
    return fingerprints;
  }

  /** The checks around it. */
  Checkup checkup() {
    return checkup;
  }

  /** What guarded it so far. */
  SafetyReport safety() {
    return safety;
  }

  void safety(SafetyReport report) {
    safety = report;
  }

  /**
   * Lets a plan be confirmed, unless every step of it was in one that was: after a lost connection the rest of a plan is no
   * other plan, but for what somebody took back meanwhile.
   */
  void confirmOnce(Plan plan, Runnable gate) {
    once(confirmed, plan, gate);
  }

  /** Lets a plan be reviewed, unless every step of it was in one that was. */
  void reviewOnce(Plan plan, Runnable gate) {
    once(reviewed, plan, gate);
  }

  private void once(Set<Part> passed, Plan plan, Runnable gate) {
    List<Part> parts = plan.steps().stream().map(Part::of).toList();
    if (passed.containsAll(parts)) {
      return;
    }
    gate.run();
    passed.addAll(parts);
  }

  /** A step as it was shown; not how far it came meanwhile. */
  private record Part(Action action, Migration migration, Checksum checksum) {

    static Part of(Step step) {
      return new Part(step.action(), step.migration(), step.checksum());
    }
  }

  /**
   * Judges the scripts of a plan, unless they were judged before: after a lost connection the rest of the plan finds in the
   * database what the run itself has made.
   */
  void judgeOnce(Plan plan, Runnable judge) {
    List<Migration> migrations = plan.steps().stream().map(Step::migration).toList();
    if (!judged.containsAll(migrations)) {
      judge.run();
      judged.addAll(migrations);
    }
  }

  /** What directives allow that is there to be allowed, by migration. */
  Map<Migration, List<Records.Allowed>> allowed() {
    return allowed;
  }

  void allow(Map<Migration, List<Records.Allowed>> allowances) {
    allowed = new HashMap<>(allowed);
    allowed.putAll(allowances);
  }

  /** The session state that its work left behind, and that was reset. */
  List<String> leftBehind() {
    return leftBehind;
  }

  void leftBehind(List<String> what) {
    leftBehind = what;
  }

  /** The failure after which it takes back what it did; {@code null} while it does not. */
  @Nullable
  MigrationException takingBack() {
    return takingBack;
  }

  /** It takes back what it did, from now on also after a lost connection. */
  void takeBack(MigrationException failure) {
    takingBack = failure;
  }

  /** Ends it, with an exception, where it was cancelled or has no time left. */
  void check() {
    watch.check(progress.migrations());
  }

  /** Tells that the work begins, once. */
  void begin(List<Migration> migrations) {
    if (!begun) {
      begun = true;
      tell(new MigrationEvent.RunStarted(runId(), action, migrations));
    }
  }

  /** Tells that the work is done, where it was begun. */
  void finish(MigrationReport report) {
    if (begun) {
      tell(new MigrationEvent.RunFinished(runId(), report));
    }
  }

  /** Tells that it failed, begun or not; a trial is no run. */
  void fail(MigrationException failure) {
    if (!trial) {
      tell(new MigrationEvent.RunFailed(runId(), failure));
    }
  }

  void tell(MigrationEvent event) {
    settings.announcements().tell(event);
  }

  /** It is over: nothing can stop it any more. */
  void end() {
    watch.close();
  }
}
