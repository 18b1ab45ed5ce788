package dev.migrator.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Programs that some tests need and that a machine may not have. */
public final class Programs {
  private Programs() {}

  /**
   * Looks for a program on the {@code PATH} and where distributions put servers.
   *
   * @param name such as {@code pgbouncer} or {@code pg_dump}
   * @return the program, or nothing when it is not installed
   */
  public static Optional<Path> find(String name) {
    return findAll(name).stream().findFirst();
  }

  /**
   * Looks for all programs of a name; there may be several versions.
   *
   * @param name such as {@code pg_dump}
   * @return the programs, those on the {@code PATH} first
   */
  public static List<Path> findAll(String name) {
    return folders().stream()
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .toList();
  }

  private static List<Path> folders() {
    List<Path> folders = new ArrayList<>();
    String path = System.getenv("PATH");
    if (path != null) {
      for (String folder : path.split(File.pathSeparator, -1)) {
        folders.add(Path.of(folder));
      }
    }
    folders.add(Path.of("/usr/sbin"));
    folders.add(Path.of("/usr/local/sbin"));
    Path versions = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(versions)) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(versions)) {
        found.forEach(version -> folders.add(version.resolve("bin")));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return folders;
  }
}
