package dev.migrator.report;

import org.jspecify.annotations.Nullable;

/**
 * Whether a database's schema is what it should be.
 *
 * @param database the database
 * @param reference what it is compared with, in words
 * @param expected the fingerprint of what it is compared with
 * @param actual the fingerprint of what is there
 * @param diff in what they differ, from what is expected to what is there; {@code null} where the reference has a
 *     fingerprint only
 */
public record DriftReport(
    String database,
    String reference,
    SchemaFingerprint expected,
    SchemaFingerprint actual,
    @Nullable SchemaDiff diff) {

  /** Whether the two are not alike. */
  public boolean hasDrifted() {
    return diff != null ? !diff.isEmpty() : !actual.sameSchema(expected);
  }
}
