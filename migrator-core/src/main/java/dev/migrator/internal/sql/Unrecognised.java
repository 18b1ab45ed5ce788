package dev.migrator.internal.sql;

/** Leaves a recogniser at the first word that it does not know; {@link Recogniser} catches it, nobody else sees it. */
final class Unrecognised extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without a stack trace: it is a way out, not a failure. */
  Unrecognised() {
    super(null, null, false, false);
  }
}
