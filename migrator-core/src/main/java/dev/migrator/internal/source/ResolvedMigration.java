package dev.migrator.internal.source;

import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import org.jspecify.annotations.Nullable;

/**
 * A migration as its location holds it.
 *
 * @param migration its identity
 * @param script its script
 * @param down its down script; {@code null} when there is none
 */
public record ResolvedMigration(
    Migration migration, Script script, @Nullable Script down) implements Resolved {

  /** The same migration, the placeholders of its scripts replaced as these rules say. */
  ResolvedMigration replacing(ReadingRules rules) {
    return new ResolvedMigration(
        migration, script.replacing(rules), down == null ? null : down.replacing(rules));
  }

  /** The down script; {@code null} when there is none, which for a section of a file only the file tells. */
  @Override
  public @Nullable Script down() {
    return down != null && down.exists() ? down : null;
  }

  @Override
  public Checksum checksum() {
    return script.checksum();
  }

  @Override
  public boolean hasRollback() {
    return down() != null;
  }
}
