package dev.migrator.report;

import java.util.List;

/**
 * The answer to one question of a preflight or a postflight.
 *
 * @param id the check's stable name, {@code long-transactions}
 * @param question what was asked
 * @param outcome how it went
 * @param answer what the server said, in a sentence
 * @param findings each thing that it is about; empty where there is none
 * @param advice what to do; empty where it passed
 */
public record CheckResult(
    String id,
    String question,
    Outcome outcome,
    String answer,
    List<String> findings,
    String advice) {

  /** How a check went. */
  public enum Outcome {
    PASSED,
    /** Somebody should look at it; it stops nothing. */
    WARNED,
    /** It stops a run, unless {@code --force}. */
    FAILED,
    /** It could not be asked, and the answer says why: a privilege that is missing, a version of the server. */
    NOT_ASKED
  }

  /** Keeps a copy. */
  public CheckResult {
    findings = List.copyOf(findings);
  }
}
