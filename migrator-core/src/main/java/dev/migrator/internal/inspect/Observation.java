package dev.migrator.internal.inspect;

/** What an observer saw of a session at work. */
public sealed interface Observation permits Blockers, IndexProgress {

  /** What was seen, for a log line. */
  String words();
}
