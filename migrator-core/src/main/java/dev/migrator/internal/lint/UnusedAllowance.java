package dev.migrator.internal.lint;

import dev.migrator.report.Severity;

/** A directive allows what is not there. */
public final class UnusedAllowance {

  private UnusedAllowance() {}

  /** The rule. */
  public static final Rule RULE = Rule.of("unused-allowance", Rule.Topic.POLICY, Severity.NOTE)
      .when("A directive allows a rule that nothing in its reach breaks.")
      .effect("Whoever adds a statement later has it allowed without a thought.")
      .remedy("Remove the directive, or put it directly before the statement that it is for.")
      .looks(new Look() {});
}
