package dev.migrator.report;

import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found out about one migration.
 *
 * @param migration the migration
 * @param verdict what became of it
 * @param why the reason in a sentence: the failure with its place, the declaration, what makes it untestable; empty for an
 *     exact one
 * @param afterDown in what the schema after its down script differs from the one before it; {@code null} when its down
 *     script did not run
 * @param afterAgain in what the schema after applying again differs from the one after the first time; {@code null} when
 *     it was not applied again
 * @param data what became of the rows
 * @param dataFindings each loss and each table that could not be filled, in a sentence
 * @param complexity how much it does
 * @param slowest its slowest statements, the slowest first
 * @param up how long its script took
 * @param down how long its down script took; zero when it did not run
 * @param again how long its script took the second time; zero when it did not run
 */
public record VerifiedMigration(
    Migration migration,
    RollbackVerdict verdict,
    String why,
    @Nullable SchemaDiff afterDown,
    @Nullable SchemaDiff afterAgain,
    DataVerdict data,
    List<String> dataFindings,
    Complexity complexity,
    List<StatementTime> slowest,
    Duration up,
    Duration down,
    Duration again) {

  /** Keeps copies. */
  public VerifiedMigration {
    dataFindings = List.copyOf(dataFindings);
    slowest = List.copyOf(slowest);
  }

  /** Whether a build may go on. */
  public boolean passed() {
    return verdict.passed() && data.passed();
  }

  /**
   * How long a statement took.
   *
   * @param line its line in the script
   * @param words its first words
   * @param took how long, as the client saw it
   */
  public record StatementTime(int line, String words, Duration took) {}
}
