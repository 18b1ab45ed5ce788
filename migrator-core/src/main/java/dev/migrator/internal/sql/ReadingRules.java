package dev.migrator.internal.sql;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must be known beside a script's text to read it.
 *
 * @param firstLine the number of the text's first line in its file; 1 unless the text is a section of it
 * @param breakpoints whether a line {@code --> statement-breakpoint} ends a statement, as it does for Drizzle
 * @param withoutTransaction why the script runs without a transaction, where a file beside it says so
 *     ({@code metadata.toml:1 says run_in_transaction = false}); {@code null} when none does
 * @param placeholders the values of {@code ${name}}; where there are none, nothing is replaced
 * @param placeholdersInBodies whether they are replaced in dollar-quoted texts too
 */
public record ReadingRules(
    int firstLine,
    boolean breakpoints,
    @Nullable String withoutTransaction,
    Map<String, String> placeholders,
    boolean placeholdersInBodies) {

  /** A whole file of plain SQL. */
  public static final ReadingRules PLAIN = new ReadingRules(1, false, null, Map.of(), false);

  /** Keeps a copy. */
  public ReadingRules {
    placeholders = Map.copyOf(placeholders);
  }
}
