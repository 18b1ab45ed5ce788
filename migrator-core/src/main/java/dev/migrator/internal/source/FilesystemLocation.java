package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    } catch (IOException | UncheckedIOException e) {
      throw notFound(
          "the folder " + folder.toAbsolutePath() + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The scripts of a folder, wherever it was found; {@code origin} goes before their paths in messages. */
  static List<Found> list(Path folder, boolean recursive, String origin) throws IOException {
    List<Found> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(
        folder, recursive ? Integer.MAX_VALUE : 1, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
      files
          .filter(
              file -> Location.isScript(file.getFileName().toString()) && Files.isRegularFile(file))
          .forEach(file -> {
            String path = folder.relativize(file).toString().replace('\\', '/');
            found.add(new Found(
                path,
                origin.isEmpty() ? file.toString() : origin + path,
                () -> Files.readAllBytes(file)));
          });
    }
    return found;
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
