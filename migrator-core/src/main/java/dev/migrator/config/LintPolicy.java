package dev.migrator.config;

/** What a run does about the rules of the lint, beside what {@link DestructivePolicy} says of destruction. */
public enum LintPolicy {
  /** Nobody looks. The library's default. */
  OFF,
  /** The report has what was found. The command line's default. */
  REPORT,
  /** Nothing runs while there are errors that no directive allows. */
  REFUSE
}
