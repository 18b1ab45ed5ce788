package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.sql.CopyRows;
import dev.migrator.internal.sql.OutsideStatements;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideStatement;
import java.util.ArrayList;
import java.util.List;

/** SQL of a user that puts rows into tables, read as the engine reads scripts: {@code COPY ... FROM STDIN} too. */
public final class SeedScript {

  private final ParsedScript script;

  private SeedScript(ParsedScript script) {
    this.script = script;
  }

  /**
   * Reads a script.
   *
   * @param name its name, for positions
   * @param sql its text
   * @throws MigrationException {@code SCRIPT_UNREADABLE} or {@code SCRIPT_REFUSED} as for any script
   */
  public static SeedScript read(String name, String sql) {
    return new SeedScript(ParsedScript.read(name, sql));
  }

  /**
   * Its statements that change more than their database.
   *
   * @param migration behind which it runs
   */
  public List<OutsideStatement> outside(Migration migration) {
    return OutsideStatements.of(migration, script);
  }

  /**
   * Runs it in one transaction.
   *
   * @param session in autocommit
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a statement fails: whoever gave the script is to blame and no
   *     migration; nothing of it stays
   */
  public void run(Session session) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of(script.begin()));
    for (Statement statement : script.statements()) {
      CopyRows rows = statement.copyData();
      commands.add(
          rows == null ? Command.of(statement.sql()) : Command.copy(statement.sql(), rows::open));
    }
    commands.add(Command.of("COMMIT"));
    try {
      session.pipeline(commands);
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw Session.unanswered("inserting the rows to begin with", e);
      }
      session.rollbackAfter(e);
      throw failure(e);
    }
  }

  private MigrationException failure(CommandFailedException failure) {
    int last = script.statements().size() - 1;
    ServerError error = failure.error();
    MigrationException.Builder builder = MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "The rows to begin with could not be inserted: " + error.message())
        .sqlState(error.sqlState())
        .done("nothing of the script stays; it was on a throw-away database.", List.of())
        .advice("correct the script, or the version that it belongs to.")
        .cause(failure);
    if (last < 0) {
      return builder.build();
    }
    Statement statement = script.statements().get(Math.max(0, Math.min(failure.index() - 1, last)));
    return builder
        .at(statement.at(error.position()))
        .detail(error.explanation(statement.excerpt(error.position())))
        .build();
  }
}
