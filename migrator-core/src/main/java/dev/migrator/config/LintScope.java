package dev.migrator.config;

/** Which scripts the lint is about. */
public enum LintScope {
  /** Those that are pending, as one run: what the first of them makes is new to the others. */
  PENDING,
  /** Every script, each as if those before it had run earlier. */
  ALL
}
