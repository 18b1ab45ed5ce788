package dev.migrator.internal.sql;

import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A script that was read and found fit to run.
 *
 * @param begin the command that begins its transaction: the script's own {@code BEGIN}, if one {@code BEGIN ... COMMIT}
 *     frames the whole of it
 * @param statements its statements, without that frame
 * @param withoutTransaction why it does not run in one transaction; {@code null} when it does
 * @param directives what its comments ask of the engine
 * @param transactions the number of the transaction of its own that a statement is in, where the script has several
 */
public record ParsedScript(
    String begin,
    List<Statement> statements,
    @Nullable Reason withoutTransaction,
    Directives directives,
    Map<Statement, Integer> transactions) {

  private static final Pattern PLAIN_BEGIN =
      Pattern.compile("(?:begin|start)(?:\\s+(?:work|transaction))?", Pattern.CASE_INSENSITIVE);

  /**
   * Why something is so.
   *
   * @param words in words, the place included
   * @param position the place; {@code null} when it is not in the script
   * @param asked whether the author asked for it, rather than a statement needs it
   */
  public record Reason(String words, @Nullable SourcePosition position, boolean asked) {}

  /** Keeps a copy. */
  public ParsedScript {
    statements = List.copyOf(statements);
    transactions = Map.copyOf(transactions);
  }

  /**
   * Reads a script that is at hand as a text.
   *
   * @param script its name, for positions
   * @param text its content
   * @throws MigrationException as {@link #read(String, ScriptContent, ReadingRules)}
   */
  public static ParsedScript read(String script, String text) {
    return read(script, ScriptContent.of(text), ReadingRules.PLAIN);
  }

  /**
   * Reads a script that is at hand as a text, under rules.
   *
   * @param script its name, for positions
   * @param text its content
   * @throws MigrationException as {@link #read(String, ScriptContent, ReadingRules)}
   */
  public static ParsedScript read(String script, String text, ReadingRules rules) {
    return read(script, ScriptContent.of(text), rules);
  }

  /**
   * Reads a script.
   *
   * @param script its name, for positions
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when it is not SQL from end to end, {@code SCRIPT_REFUSED} when
   *     it controls transactions in another way than by one frame around everything, or holds a statement that would take
   *     the engine's connection away
   */
  public static ParsedScript read(String script, ScriptContent content, ReadingRules rules) {
    return Admission.of(StatementSplitter.split(script, content, rules), rules);
  }

  /** The same script with some of its statements only. */
  public ParsedScript keeping(List<Statement> kept) {
    boolean stands =
        withoutTransaction == null || withoutTransaction.asked() || Admission.outside(kept) != null;
    return new ParsedScript(
        begin, kept, stands ? withoutTransaction : null, directives, transactions);
  }

  /** The number of the script's own transaction that a statement is in; 0 when it is in none. */
  public int transactionOf(Statement statement) {
    return transactions.isEmpty() ? 0 : transactions.getOrDefault(statement, 0);
  }

  /** Whether the whole script runs in one transaction. */
  public boolean isTransactional() {
    return withoutTransaction == null;
  }

  /** Whether the transaction begins without options, so that several scripts can share one. */
  public boolean hasPlainBegin() {
    return PLAIN_BEGIN.matcher(begin).matches();
  }

  /** The names of the settings that the statements set in their own text. */
  public Set<String> settings() {
    Set<String> names = new TreeSet<>();
    statements.forEach(statement -> names.addAll(statement.settings()));
    return names;
  }

  /** Whether a statement may leave something behind in the session. */
  public boolean touchesSession() {
    return statements.stream().anyMatch(Statement::touchesSession);
  }
}
