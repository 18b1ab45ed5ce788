package dev.migrator.report;

import java.util.List;

/**
 * What the lint found.
 *
 * @param violations every place that breaks a rule, those that a directive allows too, in the order of the scripts
 * @param notes what limits the verdict: no database at hand, code that nobody can read beforehand
 */
public record LintReport(List<Violation> violations, List<String> notes) {

  /** Keeps copies. */
  public LintReport {
    violations = List.copyOf(violations);
    notes = List.copyOf(notes);
  }

  /** The violations that stop a run: errors that nobody allowed. */
  public List<Violation> errors() {
    return violations.stream()
        .filter(violation -> violation.severity() == Severity.ERROR && !violation.isAllowed())
        .toList();
  }
}
