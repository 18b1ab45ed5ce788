package dev.migrator.config;

/** What the answers of a preflight or a postflight decide. */
public enum CheckPolicy {
  /** Nothing is asked. */
  OFF,
  /** Everything is asked and reported, and the run ends as it would without. */
  WARN,
  /** A check that fails ends the run: a preflight before anything is applied, a postflight after everything was. */
  REQUIRE,
  /** {@link #REQUIRE} in production and where nobody said what the database is for, {@link #OFF} elsewhere. */
  PRODUCTION;

  /** What it comes to in an environment: one of the others. */
  public CheckPolicy in(Environment environment) {
    if (this != PRODUCTION) {
      return this;
    }
    return environment.needsConfirmation() ? REQUIRE : OFF;
  }
}
