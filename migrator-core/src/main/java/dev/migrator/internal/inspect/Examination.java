package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.CheckResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Asks checks, one after the other. A check that the server refuses to answer, or takes too long over, is {@code NOT_ASKED}
 * with the reason; nothing else comes of it.
 */
public final class Examination {

  private static final String CANCELLED = "57014";
  private static final String LOCKED = "55P03";
  private static final String FORBIDDEN = "42501";

  private final Inquiry inquiry;
  private final Runnable between;

  /**
   * An examination.
   *
   * @param session in autocommit
   * @param circumstances what the server does not tell
   * @param timeout how long the server may take over each query
   * @param between is called before each check, and may end the examination with an exception
   */
  public Examination(
      Session session, Circumstances circumstances, Duration timeout, Runnable between) {
    this.inquiry = new Inquiry(session, circumstances, timeout);
    this.between = between;
  }

  /**
   * The answers, in the order of the checks.
   *
   * @param answers what is known already, by the ids of the checks that need not be asked
   * @throws MigrationException {@code CONNECTION_LOST}, and what {@code between} throws
   */
  public List<CheckResult> of(List<Check> checks, Map<String, Answer> answers) {
    List<CheckResult> results = new ArrayList<>();
    for (Check check : checks) {
      between.run();
      Answer known = answers.get(check.id());
      results.add(check.result(known == null ? ask(check) : known));
    }
    between.run();
    return results;
  }

  private Answer ask(Check check) {
    try {
      return check.method().ask(inquiry);
    } catch (CommandFailedException e) {
      if (e.error().isConnectionLoss()) {
        throw Session.unanswered("asking '" + check.question() + "'", e);
      }
      return refused(e.error(), inquiry.timeout());
    }
  }

  /** Why a question was not answered. */
  static Answer refused(ServerError error, Duration timeout) {
    String state = String.valueOf(error.sqlState());
    return switch (state) {
      case CANCELLED ->
        Answer.notAsked(
            "the server gave no answer within " + timeout.toMillis() + " ms",
            "ask again when the server has less to do.");
      case LOCKED ->
        Answer.notAsked(
            "somebody holds a lock on what is asked about: " + Redaction.redact(error.message()),
            "ask again when the lock is gone.");
      case FORBIDDEN ->
        Answer.notAsked(
            "the role may not ask: " + Redaction.redact(error.message()),
            "grant what is missing, or disable this check.");
      default ->
        Answer.notAsked(
            "the server refused the question: " + Redaction.redact(error.message()) + " (SQLSTATE "
                + state + ")",
            "disable this check if the server cannot answer it.");
    };
  }
}
