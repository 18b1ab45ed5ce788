package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Map;
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

  private static final Pattern LITERAL = Pattern.compile("['$]");

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
    return of(StatementSplitter.split(script, content, rules), rules);
  }

  /**
   * What was read, when it is fit to run.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} as {@link #read(String, ScriptContent, ReadingRules)}
   */
  static ParsedScript of(StatementSplitter.Result read, ReadingRules rules) {
    List<Statement> all = read.statements();
    if (hasOwnTransactions(all, read.directives(), rules)) {
      return withOwnTransactions(all, read.directives(), rules);
    }
    boolean framed = isFramed(all);
    List<Statement> inner = framed ? all.subList(1, all.size() - 1) : all;
    for (Statement statement : inner) {
      refuse(statement);
    }
    Reason reason = withoutTransaction(inner, read.directives(), rules);
    if (reason != null) {
      refuseTransaction(framed, outside(inner), read.directives().transaction(), reason);
      inner.forEach(statement -> refuseWithoutEffect(statement, reason));
    }
    return new ParsedScript(
        framed ? all.get(0).sql() : "BEGIN", inner, reason, read.directives(), Map.of());
  }

  /**
   * Whether its author asked for no transaction around it and wrote some of its own; not one around everything, which is the
   * opposite of what was asked for.
   */
  static boolean hasOwnTransactions(
      List<Statement> all, Directives directives, ReadingRules rules) {
    Directives.Transaction asked = directives.transaction();
    boolean off = asked != null ? !asked.on() : rules.withoutTransaction() != null;
    List<Statement> inner = isFramed(all) ? all.subList(1, all.size() - 1) : all;
    return off && inner.stream().anyMatch(ParsedScript::controlsTransaction);
  }

  /** Whether it begins or ends a transaction, or divides one. */
  static boolean controlsTransaction(Statement statement) {
    return switch (statement.kind()) {
      case BEGIN, COMMIT, TRANSACTION_CONTROL -> true;
      default -> false;
    };
  }

  private static ParsedScript withOwnTransactions(
      List<Statement> all, Directives directives, ReadingRules rules) {
    Frames.Found found = Frames.of(all);
    Frames.Misfit misfit = found.misfit();
    Frames frames = found.frames();
    if (frames == null || misfit != null) {
      Statement at = misfit == null ? all.get(0) : misfit.statement();
      throw refused(
          at.position(),
          "'" + firstLine(at) + "' " + (misfit == null ? "does not fit" : misfit.problem()) + ".",
          "in a script without a transaction around it, write plain BEGIN ... COMMIT around what belongs together.");
    }
    frames.statements().stream()
        .filter(statement -> statement.refusal() != null)
        .forEach(ParsedScript::refuse);
    Reason reason = withoutTransaction(frames.statements(), directives, rules);
    if (reason != null) {
      frames.statements().stream()
          .filter(statement -> !frames.numbers().containsKey(statement))
          .forEach(statement -> refuseWithoutEffect(statement, reason));
    }
    return new ParsedScript("BEGIN", frames.statements(), reason, directives, frames.numbers());
  }

  /** Each statement has a transaction of its own there, so what works until its end works on nothing. */
  private static void refuseWithoutEffect(Statement statement, Reason reason) {
    if (statement.needsTransaction()) {
      throw refused(
          statement.position(),
          "'" + firstLine(statement)
              + "' has an effect within its transaction only, and the script has none around it: "
              + reason.words() + ".",
          "move it to a migration that runs in a transaction, or remove it.");
    }
  }

  /** Whether one {@code BEGIN ... COMMIT} is around everything. */
  static boolean isFramed(List<Statement> all) {
    return all.size() > 1
        && all.get(0).kind() == StatementKind.BEGIN
        && all.get(all.size() - 1).kind() == StatementKind.COMMIT;
  }

  /** The first statement that cannot run in a transaction; {@code null} when all can. */
  private static @Nullable Statement outside(List<Statement> statements) {
    return statements.stream().filter(s -> !s.runsInTransaction()).findFirst().orElse(null);
  }

  /** Why statements do not run in one transaction; {@code null} when they do. */
  static @Nullable Reason withoutTransaction(
      List<Statement> statements, Directives directives, ReadingRules rules) {
    Statement first = outside(statements);
    Directives.Transaction asked = directives.transaction();
    if (first != null) {
      return new Reason(
          "'" + firstLine(first) + "' at " + first.position() + " cannot run in a transaction",
          first.position(),
          asked != null && !asked.on() || rules.withoutTransaction() != null);
    }
    if (asked != null) {
      return asked.on()
          ? null
          : new Reason(
              "'" + asked.words() + "' at " + asked.position() + " asks for no transaction",
              asked.position(),
              true);
    }
    return rules.withoutTransaction() == null
        ? null
        : new Reason(rules.withoutTransaction(), null, true);
  }

  private static void refuseTransaction(
      boolean framed,
      @Nullable Statement first,
      Directives.@Nullable Transaction asked,
      Reason reason) {
    if (framed) {
      throw refused(
          reason.position(),
          reason.words() + ", and the script's own BEGIN ... COMMIT puts it in one.",
          first == null
              ? "remove BEGIN and COMMIT, or what asks for no transaction."
              : "remove BEGIN and COMMIT, or move the statement to a migration of its own.");
    }
    if (first != null && asked != null && asked.on()) {
      throw refused(
          reason.position(),
          "'" + asked.words() + "' at " + asked.position() + " asks for a transaction, but "
              + reason.words() + ".",
          "remove the directive, or move the statement to a migration of its own.");
    }
  }

  /** The same script with some of its statements only. */
  public ParsedScript keeping(List<Statement> kept) {
    boolean stands =
        withoutTransaction == null || withoutTransaction.asked() || outside(kept) != null;
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

  /** Why a statement within the frame is refused, in words that follow it; {@code null} when it is not. */
  static @Nullable String refusal(Statement statement) {
    return switch (statement.kind()) {
      case BEGIN, COMMIT, TRANSACTION_CONTROL -> "controls the transaction from inside the script";
      default -> statement.refusal() == null ? null : "is refused: " + statement.refusal();
    };
  }

  private static void refuse(Statement statement) {
    String refusal = refusal(statement);
    if (refusal != null) {
      boolean own = statement.refusal() != null;
      throw refused(
          statement.position(),
          "'" + firstLine(statement) + "' " + refusal + ".",
          own
              ? "remove it."
              : "remove it: a migration runs in one transaction of its own, and one BEGIN ... COMMIT around the whole script is"
                  + " understood; anything else would leave half of it behind when a later statement fails. Or ask for that with"
                  + " '-- migrator: transaction=off': then each BEGIN ... COMMIT is a transaction of its own, with a journal.");
    }
  }

  private static MigrationException refused(
      @Nullable SourcePosition position, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_REFUSED, problem)
        .at(position)
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
