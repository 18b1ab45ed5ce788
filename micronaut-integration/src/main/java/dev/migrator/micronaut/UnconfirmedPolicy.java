package dev.migrator.micronaut;

/** What a boot does when migrations are pending in production and nobody confirmed them. */
enum UnconfirmedPolicy {
  /** The application does not start. */
  FAIL,
  /** It starts and is not ready: its data source stays closed until somebody else has applied them. */
  START_UNREADY
}
