package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.CopyRows;
import dev.migrator.internal.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Commands that go to the server together, each with what it is for; so that a failure can be told in words. */
final class Message {

  /** What a command is for. */
  enum Purpose {
    FRAME,
    FENCE,
    SCRIPT,
    RECORD,
    COMMIT
  }

  /**
   * Where a command comes from.
   *
   * @param purpose what it is for
   * @param step the step that it belongs to; {@code null} for a frame around several
   * @param statement the script's statement; {@code null} for a command of ours
   * @param ordinal the statement's place in its script, from 1
   */
  record Origin(
      Purpose purpose, @Nullable Step step, @Nullable Statement statement, int ordinal) {}

  private final List<Command> commands = new ArrayList<>();
  private final List<Origin> origins = new ArrayList<>();

  Message add(Purpose purpose, @Nullable Step step, Command command) {
    commands.add(command);
    origins.add(new Origin(purpose, step, null, 0));
    return this;
  }

  Message addAll(Purpose purpose, @Nullable Step step, List<Command> all) {
    all.forEach(command -> add(purpose, step, command));
    return this;
  }

  Message add(Step step, Statement statement, int ordinal) {
    CopyRows data = statement.copyData();
    commands.add(
        data == null ? Command.of(statement.sql()) : Command.copy(statement.sql(), data::open));
    origins.add(new Origin(Purpose.SCRIPT, step, statement, ordinal));
    return this;
  }

  List<Command> commands() {
    return commands;
  }

  /** The statements of scripts in it. */
  List<Statement> statements() {
    return origins.stream().map(Origin::statement).filter(Objects::nonNull).toList();
  }

  /** Whether only a command of ours failed that the server had kept and was made to forget: the next time it is sent in full. */
  boolean isForgotten(CommandFailedException failure) {
    return failure.index() < commands.size()
        && commands.get(failure.index()).isForgotten(failure.error());
  }

  /** Where the command at an index comes from; past the end it is the commit, whose outcome came too late. */
  Origin origin(int index) {
    return origins.get(Math.min(index, origins.size() - 1));
  }
}
