package dev.migrator.internal.inspect;

import dev.migrator.report.CheckResult.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to.
 *
 * @param outcome how it went
 * @param words what the server said, in a sentence without its full stop
 * @param findings each thing that it is about
 * @param advice what to do; {@code null} for what the check itself advises
 */
public record Answer(
    Outcome outcome,
    String words,
    List<String> findings,
    @Nullable String advice) {

  /** Keeps a copy. */
  public Answer {
    findings = List.copyOf(findings);
  }

  /** All is well. */
  public static Answer passed(String words, List<String> findings) {
    return new Answer(Outcome.PASSED, words, findings, null);
  }

  /** All is well. */
  public static Answer passed(String words) {
    return passed(words, List.of());
  }

  /** Somebody should look at it. */
  public static Answer warned(String words, List<String> findings) {
    return new Answer(Outcome.WARNED, words, findings, null);
  }

  /** Somebody must look at it. */
  public static Answer failed(String words, List<String> findings) {
    return new Answer(Outcome.FAILED, words, findings, null);
  }

  /** Nobody can tell. */
  public static Answer notAsked(String reason, String advice) {
    return new Answer(Outcome.NOT_ASKED, reason, List.of(), advice);
  }

  /** With another advice than the check's. */
  public Answer advising(String text) {
    return new Answer(outcome, words, findings, text);
  }
}
