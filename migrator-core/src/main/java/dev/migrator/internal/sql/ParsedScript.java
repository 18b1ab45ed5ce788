package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A script that was read and found fit to run.
 *
 * @param begin the command that begins its transaction: the script's own {@code BEGIN}, if one {@code BEGIN ... COMMIT}
 *     frames the whole of it
 * @param statements its statements, without that frame
 * @param nonTransactional the first statement that cannot run in a transaction; {@code null} when all can
 */
public record ParsedScript(
    String begin, List<Statement> statements, @Nullable Statement nonTransactional) {

  private static final Pattern PLAIN_BEGIN =
      Pattern.compile("(?:begin|start)(?:\\s+(?:work|transaction))?", Pattern.CASE_INSENSITIVE);

  private static final Pattern LITERAL = Pattern.compile("['$]");

  /** Keeps a copy. */
  public ParsedScript {
    statements = List.copyOf(statements);
  }

  /**
   * Reads a script.
   *
   * @param script its name, for positions
   * @param text its content, without a byte order mark
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when it is not SQL from end to end, {@code SCRIPT_REFUSED} when
   *     it controls transactions in another way than by one frame around everything, or holds a statement that would take
   *     the engine's connection away
   */
  public static ParsedScript read(String script, String text) {
    return read(script, text, ReadingRules.PLAIN);
  }

  /**
   * Reads a script under rules.
   *
   * @param script its name, for positions
   * @param text its content, without a byte order mark
   * @throws MigrationException as {@link #read(String, String)}
   */
  public static ParsedScript read(String script, String text, ReadingRules rules) {
    List<Statement> all = StatementSplitter.split(script, text);
    boolean framed = all.size() > 1
        && all.get(0).kind() == StatementKind.BEGIN
        && all.get(all.size() - 1).kind() == StatementKind.COMMIT;
    List<Statement> inner = framed ? all.subList(1, all.size() - 1) : all;
    for (Statement statement : inner) {
      refuse(statement);
    }
    Statement first =
        inner.stream().filter(s -> !s.runsInTransaction()).findFirst().orElse(null);
    if (framed && first != null) {
      throw refused(
          first,
          "'" + firstLine(first)
              + "' cannot run in a transaction, and the script's own BEGIN ... COMMIT puts it in one.",
          "remove BEGIN and COMMIT, or move the statement to a migration of its own.");
    }
    return new ParsedScript(framed ? all.get(0).text() : "BEGIN", inner, first);
  }

  /** Whether the whole script runs in one transaction. */
  public boolean isTransactional() {
    return nonTransactional == null;
  }

  /** Why the script runs without a transaction: the statement and its place. Empty for a transactional one. */
  public Optional<String> nonTransactionalReason() {
    return Optional.ofNullable(nonTransactional)
        .map(s -> "'" + firstLine(s) + "' at " + s.position() + " cannot run in a transaction");
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

  private static void refuse(Statement statement) {
    switch (statement.kind()) {
      case BEGIN, COMMIT, TRANSACTION_CONTROL ->
        throw refused(
            statement,
            "'" + firstLine(statement) + "' controls the transaction from inside the script.",
            "remove it: a migration runs in one transaction of its own, and one BEGIN ... COMMIT around the whole script is"
                + " understood; anything else would leave half of it behind when a later statement fails.");
      default -> {
        if (statement.refusal() != null) {
          throw refused(
              statement,
              "'" + firstLine(statement) + "' is refused: " + statement.refusal() + ".",
              "remove it.");
        }
      }
    }
  }

  private static MigrationException refused(Statement statement, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_REFUSED, problem)
        .at(statement.position())
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }

  /** How a statement begins, up to its first literal, which may be a secret. */
  private static String firstLine(Statement statement) {
    String line = statement.text().lines().findFirst().orElse("");
    int literal = LITERAL
        .matcher(line)
        .results()
        .mapToInt(MatchResult::start)
        .findFirst()
        .orElse(line.length());
    String shown = line.substring(0, Math.min(literal, 60)).strip();
    return shown.length() < line.strip().length() ? shown + " ..." : shown;
  }
}
