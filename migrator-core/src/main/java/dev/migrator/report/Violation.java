package dev.migrator.report;

import dev.migrator.migration.Migration;
import dev.migrator.migration.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * A place in a script that breaks a rule of the lint.
 *
 * @param rule the rule's id, {@code index-not-concurrent}: what {@code allow <rule> because ...} names
 * @param severity how much it weighs here; a rule may weigh less for a small table, or for one that the run itself made
 * @param migration the migration
 * @param position where in its script
 * @param statement the beginning of the statement; empty where the rule is about the script as a whole
 * @param excerpt the line of the script with a caret under the place; {@code null} where no statement breaks the rule, and
 *     where the line is a secret
 * @param message what is wrong, with the names of what it is about
 * @param effect what it does to the database and to those who use it
 * @param remedy what to do instead
 * @param rewrite SQL that does the same safely; {@code null} where it cannot be written mechanically
 * @param allowed the reason of the directive that allows it; {@code null} where none does
 */
public record Violation(
    String rule,
    Severity severity,
    Migration migration,
    SourcePosition position,
    String statement,
    @Nullable String excerpt,
    String message,
    String effect,
    String remedy,
    @Nullable String rewrite,
    @Nullable String allowed) {

  /** Whether a directive with a reason allows it. */
  public boolean isAllowed() {
    return allowed != null;
  }
}
