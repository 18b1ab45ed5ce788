package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Runs a script that cannot have one transaction around it: statement by statement, with a journal that tells how far it came. */
final class JournaledRun {

  /** What the engine sets for the session of a migration without a transaction. */
  static final Set<String> SET_BY_US = Set.of(
      "TimeZone",
      "search_path",
      "standard_conforming_strings",
      "lock_timeout",
      "statement_timeout");

  private final Execution execution;

  JournaledRun(Execution execution) {
    this.execution = execution;
  }

  void run(Step step) {
    Recorder recorder = execution.recorder();
    long started = System.nanoTime();
    List<String> notices = new ArrayList<>();
    List<String> leaked;
    Message message = recorder
        .recorded(step, recorder.begun(step))
        .add(Message.Purpose.FRAME, step, execution.settings().inSession(execution.clean()));
    int finished = 0;
    try {
      execution.send(message);
      for (Statement statement : step.work().statements()) {
        for (Message next : journaled(step, statement, finished + 1)) {
          message = next;
          notices.addAll(execution.send(message).noticeTexts());
        }
        finished++;
      }
      message = recorder.recorded(
          step, recorder.completion(step, execution.rank(), Execution.since(started)));
      leaked = execution.session().resetTo(execution.clean());
      execution.send(message);
    } catch (CommandFailedException e) {
      execution.session().rollbackAfter(e);
      MigrationException failure =
          Failures.withoutTransaction(e, message, finished, execution.before());
      recorder.failed(step, failure, Execution.since(started));
      execution.tellFailure(step, failure);
      throw failure;
    }
    List<String> ofTheScript = leaked.stream()
        .filter(name -> !SET_BY_US.contains(name)
            || step.work().statements().stream().anyMatch(s -> s.settings().contains(name)))
        .toList();
    Execution.warn(step.migration().label(), ofTheScript);
    execution.report(step, notices, ofTheScript, Execution.since(started));
  }

  /** A statement with its journal: in one transaction where it can be, else before and after it. */
  private List<Message> journaled(Step step, Statement statement, int ordinal) {
    Recorder recorder = execution.recorder();
    String action = step.action().stored();
    Command starts = execution
        .records()
        .statementStarted(
            step.migration(), action, ordinal, Checksum.of(statement.text()).value());
    Command ends = execution.records().statementFinished(step.migration(), action, ordinal);
    if (!step.work().standsAlone(statement)) {
      return List.of(recorder.framed(
          step,
          message -> recorder.record(
              message
                  .addAll(Message.Purpose.FRAME, step, TransactionRun.timeouts(step))
                  .add(step, statement, ordinal),
              step,
              List.of(starts, ends))));
    }
    return List.of(
        recorder.recorded(step, List.of(starts)),
        new Message().add(step, statement, ordinal),
        recorder.recorded(step, List.of(ends)));
  }
}
