package dev.migrator.internal.inspect;

import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult;
import dev.migrator.report.CheckResult.Outcome;
import java.util.Set;

/**
 * One question of a preflight or a postflight, as data.
 *
 * @param id its stable name
 * @param phases when it is asked
 * @param question the question
 * @param fails when it fails, as a clause; empty when it never does
 * @param warns when it warns, as a clause; empty when it never does
 * @param advice what to do when it did not pass
 * @param sql what the server is asked; empty when it is not the server that answers
 * @param method asks it
 */
public record Check(
    String id,
    Set<Phase> phases,
    String question,
    String fails,
    String warns,
    String advice,
    String sql,
    Method method) {

  /** Asks the server, and decides what the answer means. */
  @FunctionalInterface
  interface Method {

    Answer ask(Inquiry inquiry);
  }

  /** Keeps a copy. */
  public Check {
    phases = Set.copyOf(phases);
  }

  /** The same answer for a report. */
  public CheckResult result(Answer answer) {
    String own = answer.advice();
    boolean silent = answer.outcome() == Outcome.PASSED;
    return new CheckResult(
        id,
        question,
        answer.outcome(),
        answer.words(),
        answer.findings(),
        silent ? "" : own == null ? advice : own);
  }
}
