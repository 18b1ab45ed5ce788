package dev.migrator.internal.plan;

import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import dev.migrator.report.PlannedStep;
import org.jspecify.annotations.Nullable;

/**
 * One migration to apply or roll back, its script parsed.
 *
 * @param action what to do
 * @param migration the migration
 * @param script the script to run: the migration's own, or its down script
 * @param parsed that script's statements
 * @param down the down script to keep for later; {@code null} when there is none, and for a rollback
 */
public record Step(
    Action action,
    Migration migration,
    Script script,
    ParsedScript parsed,
    @Nullable Script down) {

  /**
   * A step, its scripts read to their ends.
   *
   * @throws dev.migrator.migration.MigrationException when one of them cannot run
   */
  static Step read(Action action, Migration migration, Script script, @Nullable Script down) {
    ParsedScript parsed = script.parse();
    if (down != null) {
      down.parse();
    }
    return new Step(action, migration, script, parsed, down);
  }

  /** The step as a caller sees it. */
  PlannedStep planned() {
    return new PlannedStep(
        action,
        migration,
        parsed.statements().size(),
        parsed.isTransactional(),
        parsed.nonTransactionalReason().orElse(""));
  }
}
