package dev.migrator.verify;

import dev.migrator.event.VerifyEvent;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Complexity;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.MigrationOutline;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.OutsideStatement;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.VerifiedMigration;
import dev.migrator.report.VerifyReport;
import dev.migrator.report.VerifyReport.Check;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One verification: the chain goes up, each of its steps is tried beside it, and in the end all of them together. */
final class Verification {

  private final VerifierSettings settings;
  private final Stages stages;
  private final long started;
  private final Audience audience;
  private final Unsteady unsteady = new Unsteady();
  private final List<VerifiedMigration> verified = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /**
   * A verification.
   *
   * @param started when it began, in {@link System#nanoTime()}
   */
  Verification(VerifierSettings settings, Stages stages, long started) {
    this.settings = settings;
    this.stages = stages;
    this.started = started;
    this.audience = new Audience(settings.listeners());
  }

  VerifyReport run(List<MigrationOutline> outlines) {
    Seeds seeds = Seeds.read(settings.seeds(), outlines);
    notes.addAll(stages.leftovers(settings.dropLeftovers()));
    OutsideReport outside = admitted(seeds);
    List<Check> checks;
    try (Chain chain = new Chain(stages, seeds)) {
      List<Subject> subjects = subjects(chain.plan(), outlines, outside);
      audience.tell(new VerifyEvent.Began(
          stages.title(), subjects.stream().map(Subject::migration).toList()));
      checks = climb(chain, subjects, seeds);
    }
    notes.addAll(unsteady.notes());
    notes.addAll(SlowWork.notes(verified, settings.slowAfter()));
    return new VerifyReport(
        stages.title(), verified, checks, notes, Duration.ofNanos(System.nanoTime() - started));
  }

  /** Nothing runs that would do harm; what is missing on a server of our own is made. */
  private OutsideReport admitted(Seeds seeds) {
    OutsideReport outside = stages.rehearsal().outside();
    List<OutsideStatement> statements = new ArrayList<>(outside.statements());
    statements.addAll(seeds.outside());
    OutsideReport all = new OutsideReport(statements, outside.roles(), outside.databases());
    for (String made : stages.admit(all, settings.allowOutsideEffects())) {
      notes.add(made
          + " was made on the throw-away server, because scripts name it and none creates it.");
    }
    List<String> hidden = statements.stream()
        .filter(statement -> statement.evidence() == OutsideStatement.Evidence.HIDDEN)
        .map(OutsideStatement::words)
        .toList();
    if (stages.isShared() && !hidden.isEmpty()) {
      notes.add("The server is one that others use, and nobody can see what this code reaches: "
          + String.join("; ", hidden) + ".");
    }
    return outside;
  }

  private List<Subject> subjects(
      MigrationPlan plan, List<MigrationOutline> outlines, OutsideReport outside) {
    Map<Migration, MigrationOutline> known = outlines.stream()
        .collect(Collectors.toMap(MigrationOutline::migration, Function.identity()));
    List<Subject> subjects = plan.steps().stream()
        .map(PlannedStep::migration)
        .map(migration -> new Subject(
            migration,
            Objects.requireNonNull(known.get(migration)),
            outside.statements().stream()
                .filter(statement -> statement.migration().equals(migration))
                .toList(),
            settings.policy().asks(migration)))
        .toList();
    notes.addAll(plan.notes());
    if (subjects.size() < outlines.size()) {
      notes.add((outlines.size() - subjects.size())
          + " migrations were not tried: on an empty database a baseline script stands for them.");
    }
    List<String> keys =
        subjects.stream().map(subject -> subject.migration().key()).toList();
    for (String version : settings.seeds().keySet()) {
      if (!keys.contains(version)) {
        throw MigrationException.because(
                FailureCode.CONFIGURATION_INVALID,
                "there is a seed for version " + version
                    + ", but no migration of that version runs.")
            .done("nothing was run.", List.of())
            .advice("give the seed the version behind which it belongs.")
            .build();
      }
    }
    return subjects;
  }

  private List<Check> climb(Chain chain, List<Subject> subjects, Seeds seeds) {
    List<Subject> versioned =
        subjects.stream().filter(subject -> !subject.isRepeatable()).toList();
    int kept = WayDown.kept(versioned);
    SchemaSnapshot floor = chain.now();
    Stage top = null;
    try (Trials trials =
        new Trials(stages, settings.rows(), unsteady, this::told, subjects.size())) {
      for (int i = 0; i < subjects.size(); i++) {
        Subject subject = subjects.get(i);
        if (i == versioned.size()) {
          top = chain.stage().copy();
        }
        MigrationException failure = climb(chain, subject, trials);
        if (failure != null) {
          trials.finish();
          return stopped(subjects, i, failure);
        }
        if (i + 1 == kept) {
          floor = chain.now();
        }
      }
      trials.finish();
    }
    return together(chain, top, WayDown.of(versioned, floor), versioned, seeds);
  }

  /** Goes one step up, and has it tried beside; the failure of its script, when it fails. */
  private @Nullable MigrationException climb(Chain chain, Subject subject, Trials trials) {
    trials.await();
    SchemaSnapshot before = chain.now();
    Stage pristine = chain.stage().copy();
    try {
      Chain.Link link = chain.up(subject);
      trials.submit(subject, pristine, before, link);
      return null;
    } catch (MigrationException e) {
      pristine.close();
      stages.requireGoing();
      if (!Trial.isVerdict(e)) {
        throw e;
      }
      return e;
    }
  }

  /** A script failed: what comes behind it cannot be tried. */
  private List<Check> stopped(List<Subject> subjects, int at, MigrationException failure) {
    Migration failed = subjects.get(at).migration();
    told(
        untried(subjects.get(at), RollbackVerdict.UP_FAILS, Judgement.firstLine(failure)),
        at + 1,
        subjects.size());
    for (int i = at + 1; i < subjects.size(); i++) {
      told(
          untried(
              subjects.get(i), RollbackVerdict.NOT_TESTABLE, failed.label() + " failed before it."),
          i + 1,
          subjects.size());
    }
    List<Check> checks = ChainChecks.skipped(failed.label() + " failed.");
    checks.forEach(check -> audience.tell(new VerifyEvent.Checked(check)));
    return checks;
  }

  private List<Check> together(
      Chain chain, @Nullable Stage copied, WayDown way, List<Subject> versioned, Seeds seeds) {
    ChainChecks checks = new ChainChecks(unsteady);
    SchemaSnapshot complete = chain.now();
    List<Check> done = new ArrayList<>();
    try (Stage top = copied == null ? chain.stage().copy() : copied) {
      told(done, checks.secondRun(chain.stage(), complete));
      if (copied != null && way.count() > 0) {
        try (Stage beside = chain.stage().copy()) {
          told(done, checks.besideRepeatables(beside, way, versioned));
        }
      }
      // What the server keeps once for all databases, such as roles, can go only when no other
      // database needs it.
      chain.close();
      Check down = told(done, checks.allDown(top, way));
      told(done, checks.allAgain(top, seeds, complete, way, down));
    }
    return done;
  }

  private Check told(List<Check> done, Check check) {
    stages.requireGoing();
    done.add(check);
    audience.tell(new VerifyEvent.Checked(check));
    return check;
  }

  private void told(VerifiedMigration result, int place, int of) {
    verified.add(result);
    audience.tell(new VerifyEvent.Verified(result, place, of));
  }

  private static VerifiedMigration untried(Subject subject, RollbackVerdict verdict, String why) {
    return new VerifiedMigration(
        subject.migration(),
        verdict,
        why,
        null,
        null,
        DataVerdict.NOT_CHECKED,
        List.of(),
        new Complexity(subject.outline().statements().size(), List.of(), "", List.of()),
        List.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO);
  }
}
