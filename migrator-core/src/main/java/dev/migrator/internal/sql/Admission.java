package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a script that was read is fit to run, and in how many transactions: as a whole in one, with the script's own
 * {@code BEGIN ... COMMIT} as its frame or with ours, or without one.
 */
final class Admission {

  private Admission() {}

  /**
   * What was read, when it is fit to run.
   *
   * @throws MigrationException {@code SCRIPT_REFUSED} as {@link ParsedScript#read(String, ScriptContent, ReadingRules)}
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
    ParsedScript.Reason reason = withoutTransaction(inner, read.directives(), rules);
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
    return off && inner.stream().anyMatch(Admission::controlsTransaction);
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
          "'" + at.beginning() + "' " + (misfit == null ? "does not fit" : misfit.problem()) + ".",
          "in a script without a transaction around it, write plain BEGIN ... COMMIT around what belongs together.");
    }
    frames.statements().stream()
        .filter(statement -> statement.refusal() != null)
        .forEach(Admission::refuse);
    ParsedScript.Reason reason = withoutTransaction(frames.statements(), directives, rules);
    if (reason != null) {
      frames.statements().stream()
          .filter(statement -> !frames.numbers().containsKey(statement))
          .forEach(statement -> refuseWithoutEffect(statement, reason));
    }
    return new ParsedScript("BEGIN", frames.statements(), reason, directives, frames.numbers());
  }

  /** Each statement has a transaction of its own there, so what works until its end works on nothing. */
  private static void refuseWithoutEffect(Statement statement, ParsedScript.Reason reason) {
    if (statement.needsTransaction()) {
      throw refused(
          statement.position(),
          "'" + statement.beginning()
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
  static @Nullable Statement outside(List<Statement> statements) {
    return statements.stream().filter(s -> !s.runsInTransaction()).findFirst().orElse(null);
  }

  /** Why statements do not run in one transaction; {@code null} when they do. */
  static ParsedScript.@Nullable Reason withoutTransaction(
      List<Statement> statements, Directives directives, ReadingRules rules) {
    Statement first = outside(statements);
    Directives.Transaction asked = directives.transaction();
    if (first != null) {
      return new ParsedScript.Reason(
          "'" + first.beginning() + "' at " + first.position() + " cannot run in a transaction",
          first.position(),
          asked != null && !asked.on() || rules.withoutTransaction() != null);
    }
    if (asked != null) {
      return asked.on()
          ? null
          : new ParsedScript.Reason(
              "'" + asked.words() + "' at " + asked.position() + " asks for no transaction",
              asked.position(),
              true);
    }
    return rules.withoutTransaction() == null
        ? null
        : new ParsedScript.Reason(rules.withoutTransaction(), null, true);
  }

  private static void refuseTransaction(
      boolean framed,
      @Nullable Statement first,
      Directives.@Nullable Transaction asked,
      ParsedScript.Reason reason) {
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
          "'" + statement.beginning() + "' " + refusal + ".",
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
}
