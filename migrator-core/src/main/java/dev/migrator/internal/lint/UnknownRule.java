package dev.migrator.internal.lint;

import dev.migrator.report.Severity;

/** A directive names a rule that does not exist. */
public final class UnknownRule {

  private UnknownRule() {}

  /** The rule. */
  public static final Rule RULE = Rule.of("unknown-rule", Rule.Topic.POLICY, Severity.ERROR)
      .when("A directive allows a rule that does not exist.")
      .effect("It allows nothing: what it was written for is still found, or will be.")
      .remedy("Name the rule as 'migrator lint --list' does.")
      .looks(new Look() {});
}
