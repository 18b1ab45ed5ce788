package dev.migrator.internal.sql;

import dev.migrator.internal.sql.ParsedScript.Reason;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script as it is read, whether it is fit to run or not: for whoever wants to look at it.
 *
 * @param statements its statements, its own {@code BEGIN} and {@code COMMIT} included, as far as they were read
 * @param directives what its comments ask of the engine
 * @param withoutTransaction why it does not run in one transaction; {@code null} when it does
 * @param refusal what running it would end with; {@code null} when it is fit to run
 */
public record ScriptReading(
    List<Seen> statements,
    Directives directives,
    @Nullable Reason withoutTransaction,
    @Nullable MigrationException refusal) {

  /** Keeps a copy. */
  public ScriptReading {
    statements = List.copyOf(statements);
  }

  /**
   * A statement.
   *
   * @param statement the statement
   * @param refusal why the engine does not run it, in words that follow it; {@code null} when it does
   */
  public record Seen(Statement statement, @Nullable String refusal) {}

  /**
   * Reads a script.
   *
   * @param script its name, for positions
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when it is not SQL from end to end; a command of psql is a refusal
   *     instead
   */
  public static ScriptReading read(String script, ScriptContent content, ReadingRules rules) {
    StatementSplitter.Result read = StatementSplitter.upToPsql(script, content, rules);
    List<Statement> all = read.statements();
    boolean own = Admission.hasOwnTransactions(all, read.directives(), rules)
        && Frames.of(all).misfit() == null;
    boolean framed = Admission.isFramed(all);
    List<Seen> seen = new ArrayList<>(all.size());
    for (int i = 0; i < all.size(); i++) {
      boolean frame = framed && (i == 0 || i == all.size() - 1)
          || own && Admission.controlsTransaction(all.get(i));
      seen.add(new Seen(all.get(i), frame ? null : Admission.refusal(all.get(i))));
    }
    return new ScriptReading(
        seen,
        read.directives(),
        Admission.withoutTransaction(all, read.directives(), rules),
        refusal(read, rules));
  }

  private static @Nullable MigrationException refusal(
      StatementSplitter.Result read, ReadingRules rules) {
    if (read.refusal() != null) {
      return read.refusal();
    }
    try {
      Admission.of(read, rules);
      return null;
    } catch (MigrationException e) {
      return e;
    }
  }
}
