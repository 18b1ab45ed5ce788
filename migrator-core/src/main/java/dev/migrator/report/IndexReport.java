package dev.migrator.report;

import java.nio.file.Path;
import java.util.List;

/**
 * The index of a folder of scripts, as it was written.
 *
 * @param file its file, which stands in the folder
 * @param migrations how many migrations it has
 * @param notes what an operator should know of the folder
 */
public record IndexReport(Path file, int migrations, List<String> notes) {

  /** Keeps a copy. */
  public IndexReport {
    notes = List.copyOf(notes);
  }
}
