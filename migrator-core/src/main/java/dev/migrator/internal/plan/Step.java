package dev.migrator.internal.plan;

import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.PlannedStep;
import org.jspecify.annotations.Nullable;

/**
 * One migration to apply or roll back, its script parsed.
 *
 * @param action what to do
 * @param migration the migration
 * @param checksum of the script to run: the migration's own, or its down script
 * @param parsed that script's statements
 * @param down the down script to keep for later; {@code null} when there is none, and for a rollback
 * @param again whether it is applied already and run once more
 */
public record Step(
    Action action,
    Migration migration,
    Checksum checksum,
    ParsedScript parsed,
    @Nullable DownScript down,
    boolean again) {

  /**
   * A down script to keep.
   *
   * @param path its path within its location
   * @param text its content
   * @param checksum its checksum
   */
  public record DownScript(String path, String text, Checksum checksum) {}

  /**
   * A step, its scripts read to their ends.
   *
   * @throws dev.migrator.migration.MigrationException when one of them cannot run
   */
  static Step read(Action action, Migration migration, Script script, @Nullable Script down) {
    ParsedScript parsed = script.parse();
    DownScript kept = null;
    if (down != null) {
      down.parse();
      kept = new DownScript(down.path(), down.text(), down.checksum());
    }
    return new Step(action, migration, script.checksum(), parsed, kept, false);
  }

  /**
   * A step for a migration that is applied already, under the identity by which it is recorded.
   *
   * @throws dev.migrator.migration.MigrationException when one of the scripts cannot run
   */
  static Step again(Migration recorded, Script script, @Nullable Script down) {
    Step step = read(Action.APPLY, recorded, script, down);
    return new Step(step.action, step.migration, step.checksum, step.parsed, step.down, true);
  }

  /** The step as a caller sees it. */
  PlannedStep planned() {
    return new PlannedStep(
        action,
        migration,
        parsed.statements().size(),
        parsed.isTransactional(),
        parsed.withoutTransaction() == null ? "" : parsed.withoutTransaction().words());
  }
}
