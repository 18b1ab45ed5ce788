package dev.migrator.report;

import org.jspecify.annotations.Nullable;

/**
 * The schema after a run.
 *
 * @param now its fingerprint
 * @param expected the fingerprint that was recorded before the earliest of the migrations that the run rolled back was
 *     applied; {@code null} where the run rolled nothing back, where none was recorded, and where another major version of
 *     the server or of the form wrote it
 */
public record SchemaCheck(SchemaFingerprint now, @Nullable SchemaFingerprint expected) {

  /** Whether a rollback did not restore what was there before. */
  public boolean differs() {
    return expected != null && !now.sameSchema(expected);
  }
}
