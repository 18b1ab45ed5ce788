package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A folder on disk. */
final class FilesystemLocation implements Location {

  private final String description;
  private final Path folder;

  FilesystemLocation(String description, Path folder) {
    this.description = description;
    this.folder = folder;
  }

  @Override
  public List<Found> files(boolean recursive) {
    if (!Files.isDirectory(folder)) {
      throw notFound("there is no folder " + folder.toAbsolutePath() + ".", null);
    }
    try {
      return list(folder, recursive, "");
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      throw notFound(
          "the folder " + folder.toAbsolutePath() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The scripts of a folder, wherever it was found; {@code origin} goes before their paths in messages. */
  static List<Found> list(Path folder, boolean recursive, String origin) throws IOException {
    List<Found> found = new ArrayList<>();
    String base = origin.isEmpty() ? folder + folder.getFileSystem().getSeparator() : origin;
    if (recursive) {
      try (Stream<Path> files = Files.find(
          folder,
          Integer.MAX_VALUE,
          (file, attributes) -> isScript(file) && attributes.isRegularFile(),
          FileVisitOption.FOLLOW_LINKS)) {
        files.forEach(file ->
            found.add(found(file, folder.relativize(file).toString().replace('\\', '/'), base)));
      }
    } else {
      // Asking each whether it is a file would cost a third of reading them; one that is not fails
      // to be read.
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          if (isScript(file)) {
            found.add(found(file, file.getFileName().toString(), base));
          }
        }
      }
    }
    return found;
  }

  private static boolean isScript(Path file) {
    return Location.isScript(file.getFileName().toString());
  }

  private static Found found(Path file, String path, String base) {
    return new Found(path, base + path, () -> Files.readAllBytes(file));
  }

  @Override
  public String description() {
    return description;
  }

  private MigrationException notFound(
      String problem, @org.jspecify.annotations.Nullable Exception cause) {
    return MigrationException.because(
            FailureCode.LOCATION_NOT_FOUND, "location " + description + ": " + problem)
        .done("nothing was run.", List.of())
        .advice("check the path; a relative one starts at " + Path.of("").toAbsolutePath() + ".")
        .cause(cause)
        .build();
  }
}
