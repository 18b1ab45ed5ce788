package dev.migrator.internal.execute;

import dev.migrator.internal.history.Records;
import dev.migrator.internal.history.Records.Subject;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ScriptSettings;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.MigrationLock;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Records what a step does: in messages that travel with the work, and after a failure by itself. */
final class Recorder {

  private final Session session;
  private final MigrationLock lock;
  private final Records records;
  private List<Command> role = List.of();

  Recorder(Session session, MigrationLock lock, Records records) {
    this.session = session;
    this.lock = lock;
    this.records = records;
  }

  /** What is sent with it happens only while the lock is held. */
  Message fence(Step step) {
    return new Message().addAll(Message.Purpose.FENCE, step, lock.fence());
  }

  Message framed(Step step, UnaryOperator<Message> content) {
    Message message = new Message()
        .add(Message.Purpose.FRAME, step, Command.of("BEGIN"))
        .addAll(Message.Purpose.FENCE, step, lock.fence());
    return content.apply(message).add(Message.Purpose.COMMIT, step, Command.of("COMMIT"));
  }

  /** Records are written as the role that the engine has, whatever role the script took. */
  void writesAs(List<Command> commands) {
    this.role = commands;
  }

  Message recorded(Step step, List<Command> commands) {
    return framed(step, message -> record(message, step, commands));
  }

  /** Adds records to a transaction, behind everything that the script does in it. */
  Message record(Message message, Step step, List<Command> commands) {
    if (step.work().touchesSession()) {
      message.addAll(Message.Purpose.FRAME, step, role);
    }
    return message.addAll(Message.Purpose.RECORD, step, commands);
  }

  /** That a step without a transaction runs; where it goes on, its journal stays. */
  List<Command> begun(Step step) {
    Command running = step.action() == Action.ROLLBACK
        ? records.rollbackRunning(step.migration())
        : records.running(subject(step));
    return step.resume() != null
        ? List.of(running)
        : List.of(records.journal().clear(step.migration()), running);
  }

  List<Command> completion(Step step, ToLongFunction<Migration> rank, @Nullable Duration took) {
    if (step.action() == Action.ROLLBACK) {
      return records.rolledBack(subject(step), took);
    }
    List<Command> commands = new ArrayList<>(records.completed(
        subject(step), step.action().stored(), rank.applyAsLong(step.migration()), took));
    Step.DownScript down = step.down();
    if (down != null) {
      commands.add(
          records.storeScript(step.migration(), down.path(), down.text(), down.checksum()));
    }
    return commands;
  }

  /** Records a failure as {@link #failed(Step, MigrationException, Duration, boolean)}; a transaction left nothing behind. */
  void failed(Step step, MigrationException failure, Duration took) {
    failed(step, failure, took, step.isTransactional());
  }

  /** The same with what the journal says of it; a part of the step may stay. */
  void failed(Step step, MigrationException failure, Duration took, List<Command> journaled) {
    failed(step, failure, took, false, journaled);
  }

  /**
   * In a transaction of its own, after the rollback; when this fails too, the first failure is the one that counts. A
   * session that has lost its lock writes nothing: another one may have applied the migration meanwhile.
   *
   * @param leftNothing whether everything is undone, so that the step can simply be tried again
   */
  void failed(Step step, MigrationException failure, Duration took, boolean leftNothing) {
    failed(step, failure, took, leftNothing, List.of());
  }

  private void failed(
      Step step,
      MigrationException failure,
      Duration took,
      boolean leftNothing,
      List<Command> journaled) {
    if (failure.code() == FailureCode.CONNECTION_LOST || failure.code() == FailureCode.LOCK_LOST) {
      return;
    }
    String error = Failures.shortText(failure);
    Subject subject = new Subject(step.migration(), step.checksum(), leftNothing, step.again());
    List<Command> commands = new ArrayList<>(journaled);
    commands.addAll(
        step.action() == Action.ROLLBACK
            ? records.rollbackFailed(subject, leftNothing, error, took)
            : records.failed(subject, error, took));
    try {
      commands.add(0, ScriptSettings.PATIENT_RECORDS);
      session.pipeline(recorded(step, commands).commands());
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      failure.addSuppressed(e);
    }
  }

  private static Subject subject(Step step) {
    return new Subject(step.migration(), step.checksum(), step.isTransactional(), step.again());
  }
}
