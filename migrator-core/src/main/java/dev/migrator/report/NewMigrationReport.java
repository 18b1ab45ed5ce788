package dev.migrator.report;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A migration that was begun.
 *
 * @param version its version, as its files' names write it
 * @param files what was written
 * @param draft what was drafted; {@code null} where nothing was
 * @param notes what an operator should know
 */
public record NewMigrationReport(
    String version, List<Path> files, @Nullable Draft draft, List<String> notes) {

  /** Keeps copies. */
  public NewMigrationReport {
    files = List.copyOf(files);
    notes = List.copyOf(notes);
  }

  /**
   * A draft that was tried on a throw-away database.
   *
   * @param statements how many statements the script has
   * @param up what the script made of the schema
   * @param down what its down script made of that
   * @param leftOut what differs from the desired schema and is not drafted
   * @param remaining in what the schema after the script differs from the desired one; empty when in nothing
   */
  public record Draft(
      int statements, Trial up, Trial down, List<String> leftOut, List<String> remaining) {

    /** Keeps copies. */
    public Draft {
      leftOut = List.copyOf(leftOut);
      remaining = List.copyOf(remaining);
    }
  }

  /** What came of running it. */
  public enum Trial {
    /** The schema is what it should be. */
    EXACT("exact"),
    /** It ran, and the schema is another one. */
    DIFFERS("differs"),
    /** It did not run. */
    FAILED("failed");

    private final String words;

    Trial(String words) {
      this.words = words;
    }

    /** In words. */
    public String words() {
      return words;
    }
  }
}
