package dev.migrator;

import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.ScriptIndex;
import dev.migrator.internal.text.FileFailures;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.IndexReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes the index of a folder of scripts, by which a packaged application sees without reading one of them that all are
 * applied. A build runs it on the folder that it is about to package; {@code docs/scripts.md} shows how.
 *
 * <p>The index changes how long it takes to find nothing to do, and nothing else: where it does not belong to the files that
 * were packaged, or to the settings of the engine, it is left aside. The same folder gives the same bytes.
 */
public final class MigrationIndex {

  private MigrationIndex() {}

  /**
   * Writes the index of folders that are read as an engine without settings does. No output and no call of {@link
   * System#exit}: a build may run it within its own process.
   *
   * @param folders the folders
   * @throws MigrationException as {@link #write(Path)}; {@code CONFIGURATION_INVALID} when there is none. A JVM that this is
   *     the main class of prints the message then, and its exit code is 1
   */
  public static void main(String... folders) {
    if (folders.length == 0) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID, "there is no folder to write an index of.")
          .done("nothing was changed.", List.of())
          .advice("give the folders of scripts as arguments.")
          .build();
    }
    for (String folder : folders) {
      write(Path.of(folder));
    }
  }

  /**
   * Writes the index of a folder that is read as an engine without settings does.
   *
   * @throws MigrationException as {@link #write(Path, NamingConvention, boolean, DuplicateVersionPolicy)}
   */
  public static IndexReport write(Path folder) {
    return write(folder, NamingConvention.AUTOMATIC, false, DuplicateVersionPolicy.REFUSE);
  }

  /**
   * Writes the index of a folder. It counts for engines with the same three settings.
   *
   * @param folder the folder
   * @param naming how the files are named
   * @param recursive whether folders within it are read too
   * @param duplicates what to do with two scripts of one version
   * @throws MigrationException {@code LOCATION_NOT_FOUND}, {@code LOCATION_EMPTY}, {@code SCRIPT_NAME_INVALID}, {@code
   *     SCRIPT_UNREADABLE} or {@code DUPLICATE_VERSION} when an engine could not use the folder; {@code
   *     CONFIGURATION_INVALID} when the file cannot be written
   */
  public static IndexReport write(
      Path folder, NamingConvention naming, boolean recursive, DuplicateVersionPolicy duplicates) {
    MigrationSource.Settings settings =
        new MigrationSource.Settings(naming, recursive, false, duplicates);
    ScriptIndex index = MigrationSource.index(folder, settings);
    Path file = folder.resolve(ScriptIndex.FILE);
    try {
      Files.writeString(file, index.text(settings));
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the index " + file + " cannot be written: " + FileFailures.words(e) + ".")
          .done("nothing was changed.", List.of())
          .advice("give a folder that can be written to.")
          .cause(e)
          .build();
    }
    return new IndexReport(file, index.entries().size(), index.notes());
  }
}
