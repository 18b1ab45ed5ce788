package dev.migrator.internal.plan;

import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a step goes on that stopped half-way.
 *
 * @param finished how many of its statements are done; they are passed by
 * @param statements how many it has
 * @param begun what the journal says of the next one, where that was begun; {@code null} when it was not
 * @param settings what finished ones have set for the session without saying so in their text, by their places
 */
public record Resume(
    int finished,
    int statements,
    @Nullable Begun begun,
    Map<Integer, Map<String, String>> settings) {

  /** Keeps a copy. */
  public Resume {
    settings = Map.copyOf(settings);
  }

  /** Where nothing is to be set again by its value. */
  Resume(int finished, int statements, @Nullable Begun begun) {
    this(finished, statements, begun, Map.of());
  }

  /**
   * A statement that was begun.
   *
   * @param entry what the journal says of it
   * @param edited whether another one stands in its place now, or none
   */
  public record Begun(JournalEntry entry, boolean edited) {}

  /**
   * The command that says what became of a statement that was begun.
   *
   * @param outcome {@code done} or {@code again}
   */
  public static String command(Migration migration, String outcome) {
    String id = migration.id();
    // The name of a repeatable may hold anything.
    String argument = id.matches("[A-Za-z0-9_.:~-]+")
        ? id
        : "\"" + id.replaceAll("([\"\\\\$`])", "\\\\$1") + "\"";
    return "'repair --version " + argument + " --statement " + outcome + "'";
  }

  /** In words, for example {@code resumes at statement 3 of 5}. */
  public String words() {
    return finished >= statements
        ? "resumes behind its last statement"
        : "resumes at statement " + (finished + 1) + " of " + statements;
  }
}
