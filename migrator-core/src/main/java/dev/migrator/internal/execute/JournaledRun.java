package dev.migrator.internal.execute;

import dev.migrator.internal.execute.Message.Purpose;
import dev.migrator.internal.history.JournalRecords;
import dev.migrator.internal.inspect.CatalogFacts.Index;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.plan.Evidence;
import dev.migrator.internal.plan.Resume;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry.CatalogBefore;
import dev.migrator.migration.JournalEntry.Progress;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one script that cannot have one transaction around it: block by block, with a journal that tells how far it came,
 * so that the next run goes on where this one stops.
 */
final class JournaledRun {

  /** What the engine sets for the session of a migration without a transaction. */
  static final Set<String> SET_BY_US = Set.of(
      "TimeZone",
      "search_path",
      "standard_conforming_strings",
      "lock_timeout",
      "statement_timeout");

  private final Execution execution;
  private final Recorder recorder;
  private final JournalRecords journal;
  private final Settlement settlement;
  private final KeptSettings kept;
  private final Step step;
  private final List<Statement> statements;
  private final List<String> notices = new ArrayList<>();
  private Message message = new Message();
  private int finished;
  /** What stands alone and was begun. */
  private @Nullable LoneStatement open;

  JournaledRun(Execution execution, Step step) {
    this.execution = execution;
    this.recorder = execution.recorder();
    this.journal = execution.records().journal();
    this.settlement = new Settlement(execution.session());
    this.step = step;
    this.kept = new KeptSettings(execution.session(), step);
    this.statements = step.work().statements();
    this.finished = step.finished();
  }

  void run() {
    long started = System.nanoTime();
    List<String> leaked;
    try {
      send(recorder
          .recorded(step, recorder.begun(step))
          .add(Purpose.FRAME, step, execution.settings().inSession(execution.clean())));
      goOn();
      setAgain();
      settle();
      if (finished == 0 && step.resume() != null) {
        // A repeatable script that is another now has rows of the former one.
        send(recorder.recorded(step, List.of(journal.clear(step.migration()))));
      }
      for (Block block : Block.divide(step, finished)) {
        goOn();
        if (block.alone()) {
          alone(block.statements().get(0), block.first());
        } else {
          together(block);
        }
      }
      message = recorder.recorded(
          step, recorder.completion(step, execution.rank(), Execution.since(started)));
      leaked = execution.session().resetTo(execution.clean());
      execution.sendUnstopped(message);
    } catch (MigrationException e) {
      recorder.failed(
          step, e, Execution.since(started), open == null ? List.of() : List.of(notHappened()));
      execution.tellFailure(step, e);
      throw e;
    } catch (CommandFailedException e) {
      execution.session().rollbackAfter(e);
      Execution.log(step, notices);
      Execution.log(step, e.notices());
      MigrationException failure = failed(e, started);
      execution.tellFailure(step, failure);
      throw failure;
    }
    List<String> ofTheScript = leaked.stream()
        .filter(name -> !SET_BY_US.contains(name)
            || statements.stream().anyMatch(s -> s.settings().contains(name)))
        .toList();
    Execution.warn(step.migration().label(), ofTheScript);
    execution.report(step, notices, ofTheScript, Execution.since(started));
  }

  private void send(Message next) {
    message = next;
    notices.addAll(execution.send(next).noticeTexts());
  }

  /** When the run is to stop, the place between two statements is the best to do so. */
  private void goOn() {
    Watch.Stop stop = execution.company().watch().stop();
    if (stop != null) {
      throw JournalFailures.stopped(step, finished, execution.before(), stop);
    }
  }

  private void sendUnstopped(Message next) {
    message = next;
    notices.addAll(execution.sendUnstopped(next).noticeTexts());
  }

  /** What finished statements set for the session went with the session that they ran in. */
  private void setAgain() {
    for (int i = 0; i < finished; i++) {
      Message again = kept.again(new Message(), statements.get(i), i + 1);
      if (!again.commands().isEmpty()) {
        send(again);
      }
    }
  }

  /** Finds out what became of a statement that an earlier run began. */
  private void settle() {
    Resume.Begun begun = step.resume() == null ? null : step.resume().begun();
    if (begun == null) {
      return;
    }
    CatalogBefore before = begun.entry().before();
    asking();
    if (begun.edited()) {
      drop(settlement.leftovers(before));
      return;
    }
    Statement statement = statements.get(finished);
    Evidence evidence = Evidence.of(statement.structure());
    Verdict found = settlement.verdict(evidence, before);
    Verdict verdict = begun.entry().progress() == Progress.FAILED ? found.afterFailure() : found;
    if (verdict instanceof Verdict.Done) {
      finish(Map.of(), List.of());
    } else if (verdict instanceof Verdict.Finalize rest) {
      whileLocked(Settlement.finishing(rest.detached()));
      finish(Map.of(), List.of());
    } else if (verdict instanceof Verdict.Again again) {
      drop(again.leftovers());
    } else if (verdict instanceof Verdict.InTheWay stands) {
      throw JournalFailures.inTheWay(step, statement, stands.index(), finished, execution.before());
    }
  }

  /** As a transaction of a script that has only one: with its limits, and once more when it only meets a lock. */
  private void together(Block block) {
    asking();
    Map<String, String> before = kept.before(block.statements());
    message = recorder.framed(step, framed -> {
      framed.addAll(Purpose.FRAME, step, timeouts());
      int ordinal = block.first();
      for (Statement statement : block.statements()) {
        if (ordinal > block.first()) {
          execution.locks().mark(framed, step, statement);
        }
        framed.add(step, statement, ordinal);
        ordinal++;
      }
      return recorder.record(
          framed,
          step,
          List.of(journal.together(
              step.migration(),
              step.action().stored(),
              block.first(),
              block.statements().stream().map(JournaledRun::checksum).toList())));
    });
    execution.progress().sends(block.statements());
    notices.addAll(new Attempts(execution).send(message, List.of(step)).noticeTexts());
    execution.progress().sends(List.of());
    finished += block.statements().size();
    execution.progress().advances();
    asking();
    Map<String, String> set = kept.changed(block.statements(), before);
    if (!set.isEmpty()) {
      sendUnstopped(recorder.recorded(step, List.of(keeps(finished, set))));
    }
  }

  private List<Command> timeouts() {
    List<Command> timeouts = new ArrayList<>(execution.settings().limits());
    timeouts.addAll(TransactionRun.timeouts(step));
    return timeouts;
  }

  private void alone(Statement statement, int ordinal) {
    Map<String, Duration> timeouts = LoneStatement.timeouts(
        step, statement, statements.subList(0, ordinal - 1), execution.rules().limits());
    if (!timeouts.isEmpty()) {
      send(new Message().addAll(Purpose.FRAME, step, LoneStatement.begin(timeouts)));
    }
    Evidence evidence = Evidence.of(statement.structure());
    asking();
    LoneStatement lone =
        new LoneStatement(statement, evidence, settlement.before(evidence), timeouts);
    Map<String, String> settings = kept.before(List.of(statement));
    if (evidence instanceof Evidence.IndexBuilt
        && settlement.verdict(evidence, lone.before()) instanceof Verdict.InTheWay stands) {
      // With IF NOT EXISTS the server would be content with it.
      throw JournalFailures.inTheWay(step, statement, stands.index(), finished, execution.before());
    }
    send(recorder.recorded(
        step,
        List.of(journal.begins(
            step.migration(),
            step.action().stored(),
            ordinal,
            checksum(statement),
            lone.before()))));
    open = lone;
    message = new Message().add(step, statement, ordinal);
    notices.addAll(
        new Attempts(execution).send(message, lone.mayRepeat(), this::goOn).noticeTexts());
    asking();
    finish(kept.changed(List.of(statement), settings), lone.end());
    open = null;
  }

  /**
   * Records that a statement is done.
   *
   * @param set what the statement has set for the session without saying so
   * @param after what is to follow it
   */
  private void finish(Map<String, String> set, List<Command> after) {
    int ordinal = finished + 1;
    List<Command> records = new ArrayList<>(after);
    records.add(journal.finished(step.migration(), step.action().stored(), ordinal));
    if (!set.isEmpty()) {
      records.add(keeps(ordinal, set));
    }
    sendUnstopped(recorder.recorded(step, records));
    finished = ordinal;
    execution.progress().advances();
  }

  private Command keeps(int ordinal, Map<String, String> set) {
    return journal.keeps(step.migration(), step.action().stored(), ordinal, set);
  }

  private void drop(List<Index> leftovers) {
    leftovers.forEach(index -> whileLocked(index.drop()));
  }

  /** A lost lock would mean that another session may be at work on the same. In one message it would be one transaction. */
  private void whileLocked(Command command) {
    send(recorder.fence(step));
    send(new Message().add(Purpose.FRAME, step, command));
  }

  private MigrationException failed(CommandFailedException failure, long started) {
    Message failing = message;
    LoneStatement statement = open;
    Watch.Stop stop = execution.company().watch().stop();
    boolean answered = !failure.error().isConnectionLoss()
        && failing.origin(failure.index()).purpose() == Purpose.SCRIPT;
    String left = "";
    List<Command> journaled = List.of();
    if (statement != null && answered && !statement.mayHaveHappenedInPart()) {
      left = new Leftovers(execution, settlement, step).drop(statement, failure);
      journaled = List.of(notHappened());
    }
    MigrationException told = statement != null && answered && statement.mayHaveHappenedInPart()
        ? JournalFailures.inPart(step, failure, failing, finished, execution.before(), stop)
        : JournalFailures.of(failure, failing, finished, left, execution.before(), stop);
    recorder.failed(step, told, Execution.since(started), journaled);
    return told;
  }

  private Command notHappened() {
    return journal.failed(step.migration(), step.action().stored(), finished + 1);
  }

  /** When a question fails, it is none of the script's statements that has failed. */
  private void asking() {
    message = new Message().add(Purpose.FRAME, step, Command.of("SELECT"));
  }

  private static String checksum(Statement statement) {
    return Checksum.of(statement.text()).value();
  }
}
