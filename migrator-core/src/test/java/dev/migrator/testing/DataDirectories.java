package dev.migrator.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Data directories of embedded servers, named after the JVM that owns them.
 *
 * <p>A JVM that is killed leaves its server running, on memory that nobody gives back; the next one
 * finds it by that name.
 */
final class DataDirectories {
  private static final String PREFIX = "migrator-test-";

  private DataDirectories() {}

  static Path create(Path parent) throws IOException {
    return Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
  }

  /** Stops the servers of JVMs that are gone and deletes their data. */
  static void removeAbandoned(Path parent) {
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*-*")) {
      for (Path directory : directories) {
        if (!ownerLives(directory)) {
          serverOf(directory).ifPresent(DataDirectories::stop);
          delete(directory);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean ownerLives(Path directory) {
    String pid = directory.getFileName().toString().substring(PREFIX.length()).split("-", 2)[0];
    return !pid.matches("[0-9]{1,18}")
        || ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  private static Optional<ProcessHandle> serverOf(Path directory) throws IOException {
    Path file = directory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    // The number may be another process by now; a server names its directory.
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> process
            .info()
            .commandLine()
            .filter(line -> line.contains(directory.toString()))
            .isPresent());
  }

  private static void stop(ProcessHandle server) {
    server.destroy();
    try {
      server.onExit().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      server.destroyForcibly();
    }
  }

  static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
