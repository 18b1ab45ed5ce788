package dev.migrator.config;

/** What an operator says of a statement of which nobody else can tell whether it has happened. */
public enum StatementOutcome {
  /** It has happened: the next run goes on behind it. */
  DONE,
  /** It has not happened: the next run begins with it. */
  AGAIN
}
