package dev.migrator.internal.lint;

import dev.migrator.internal.sql.Directives;
import dev.migrator.internal.sql.ScriptReading;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A script as the lint sees it, fit to run or not.
 *
 * @param migration its migration
 * @param path its path, for places
 * @param text its text, from {@code firstLine} on; empty where only its statements count
 * @param firstLine the line of the file at which the text begins
 * @param statements its statements
 * @param directives what its comments ask of the engine
 * @param transactional whether it runs in one transaction
 * @param refusal why the engine does not run it; {@code null} when it does
 * @param down its down script; {@code null} when it has none, or when it is one
 * @param hasRollback whether the migration can be undone, by a script or by code
 */
public record LintScript(
    Migration migration,
    String path,
    String text,
    int firstLine,
    List<Statement> statements,
    Directives directives,
    boolean transactional,
    @Nullable MigrationException refusal,
    @Nullable LintScript down,
    boolean hasRollback) {

  /** Keeps a copy. */
  public LintScript {
    statements = List.copyOf(statements);
  }

  /**
   * A script that was read.
   *
   * @param text its text, from {@code firstLine} on
   */
  public static LintScript of(
      Migration migration,
      String path,
      String text,
      int firstLine,
      ScriptReading reading,
      @Nullable LintScript down,
      boolean hasRollback) {
    MigrationException refusal = reading.refusal();
    return new LintScript(
        migration,
        path,
        text,
        firstLine,
        reading.statements().stream().map(ScriptReading.Seen::statement).toList(),
        reading.directives(),
        reading.withoutTransaction() == null,
        refusal,
        down,
        hasRollback);
  }
}
