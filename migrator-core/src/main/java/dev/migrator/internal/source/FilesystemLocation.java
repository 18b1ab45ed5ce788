package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder on disk. */
final class FilesystemLocation implements Location {

  private final String description;
  private final Path folder;

  FilesystemLocation(String description, Path folder) {
    this.description = description;
    this.folder = folder;
  }

  @Override
  public @Nullable List<Found> search(boolean recursive) {
    if (!Files.isDirectory(folder)) {
      return null;
    }
    try {
      return list(folder, recursive);
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      throw notFound(
          "the folder " + folder.toAbsolutePath() + " cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public MigrationException absent() {
    return notFound("there is no folder " + folder.toAbsolutePath() + ".", null);
  }

  /** The wanted files of a folder, wherever it was found. */
  static List<Found> list(Path folder, boolean recursive) throws IOException {
    List<Found> found = new ArrayList<>();
    String base = folder + folder.getFileSystem().getSeparator();
    if (recursive) {
      try (Stream<Path> files = Files.find(
          folder,
          Integer.MAX_VALUE,
          (file, attributes) ->
              // Also a link that leads nowhere: it fails to be read, rather than being passed over.
              !attributes.isDirectory() && Location.isWanted(within(folder, file), true),
          FileVisitOption.FOLLOW_LINKS)) {
        files.forEach(file -> found.add(found(file, within(folder, file), base)));
      }
    } else {
      // Asking each script whether it is a file would cost a third of reading them; one that is not
      // fails to be read.
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          String name = file.getFileName().toString();
          if (Location.isWanted(name, false)) {
            found.add(found(file, name, base));
          } else if (!name.startsWith(".") && Files.isDirectory(file)) {
            found.addAll(directory(file, name, base));
          }
        }
      }
    }
    return found;
  }

  /** What a folder within holds that is a migration or Drizzle's. */
  private static List<Found> directory(Path directory, String name, String base)
      throws IOException {
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String path = name + "/" + file.getFileName();
        if (Location.isWanted(path, false)) {
          found.add(found(file, path, base));
        }
      }
    } catch (AccessDeniedException e) {
      // A mounted volume has a lost+found; only a migration, or the journal, must not be passed
      // over.
      if (Location.isVersioned(name) || Location.JOURNAL.startsWith(name + "/")) {
        throw e;
      }
    }
    return found;
  }

  private static String within(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }

  private static Found found(Path file, String path, String base) {
    return new Found(path, base + path, new PathContent(file));
  }

  @Override
  public String description() {
    return description;
  }

  private MigrationException notFound(String problem, @Nullable Exception cause) {
    return MigrationException.because(
            FailureCode.LOCATION_NOT_FOUND, "location " + description + ": " + problem)
        .done("nothing was run.", List.of())
        .advice("check the path; a relative one starts at " + Path.of("").toAbsolutePath() + ".")
        .cause(cause)
        .build();
  }
}
