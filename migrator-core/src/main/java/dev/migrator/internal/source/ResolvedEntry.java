package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * As much of a migration as tells whether it is the applied one.
 *
 * @param kind as the tracking table stores it
 * @param id as the tracking table stores it
 * @param name its name
 * @param checksum the value of its {@link Checksum#SHA256_LF} checksum
 */
public record ResolvedEntry(String kind, String id, String name, String checksum) {

  /** A migration's entry; {@code null} when its checksum is of another kind. */
  public static @Nullable ResolvedEntry of(Resolved resolved) {
    Checksum checksum = resolved.checksum();
    return checksum.algorithm().equals(Checksum.SHA256_LF)
        ? of(resolved.migration(), checksum)
        : null;
  }

  static ResolvedEntry of(Migration migration, Checksum checksum) {
    return new ResolvedEntry(
        migration.kind().stored(), migration.id(), migration.name(), checksum.value());
  }
}
