package dev.migrator.internal.scratch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of an embedded server.
 *
 * <p>A process that is killed leaves its server running. The library holds a lock on a file in the directory as long as the
 * process lives, whatever its number in this or another container; the next process that starts a server looks for
 * directories without, ends their servers and deletes them.
 *
 * @param path where it is
 * @param storage what it is on
 */
record DataDirectory(Path path, RunningServer.Storage storage) {

  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  private static final String PREFIX = "migrator-scratch-";

  private static final String LOCK_FILE = "epg-lock";

  private static final Path MEMORY = Path.of("/dev/shm");

  /** What this process made: to close a file that it has locked would give up the lock. */
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private static final long ENOUGH = 1L << 30;

  /** Before the lock is taken, a directory looks abandoned. */
  private static final Duration START = Duration.ofMinutes(10);

  /** A new directory, which only the user of this process can look into. */
  static DataDirectory create() {
    try {
      boolean memory =
          Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > ENOUGH;
      Path parent = memory ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
      Path directory = Files.createTempDirectory(parent, PREFIX);
      OWN.add(directory);
      removeAbandoned(parent, Files.getOwner(directory));
      return new DataDirectory(
          directory, memory ? RunningServer.Storage.MEMORY : RunningServer.Storage.DISK);
    } catch (IOException e) {
      throw ScratchFailures.notStarted("the embedded PostgreSQL", e);
    }
  }

  /** Deletes it, since the server did not start. */
  void deleteAfter(Exception failure) {
    try {
      delete(path);
    } catch (IOException | UncheckedIOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Ends the servers of processes that are gone and deletes their data. What cannot be deleted stays. */
  private static void removeAbandoned(Path parent, UserPrincipal user) {
    Instant before = Instant.now().minus(START);
    try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : directories) {
        removeIfAbandoned(directory, user, before);
      }
    } catch (IOException e) {
      LOG.debug("{} could not be searched for abandoned servers", parent, e);
    }
  }

  /**
   * Looks at one directory.
   *
   * @param user whose it must be: a superuser could delete anybody's
   * @param before when it must have been changed last
   */
  static void removeIfAbandoned(Path directory, UserPrincipal user, Instant before) {
    try {
      if (OWN.contains(directory)
          || Files.isSymbolicLink(directory)
          || Files.getLastModifiedTime(directory).toInstant().isAfter(before)
          || !Files.getOwner(directory).equals(user)
          || isLocked(directory.resolve(LOCK_FILE))) {
        return;
      }
      Optional<ProcessHandle> server = serverOf(directory);
      server.ifPresent(DataDirectory::end);
      delete(directory);
      LOG.info(
          "Removed {} of a process that was killed{}",
          directory,
          server.isPresent() ? ", and ended its server" : "");
    } catch (IOException | UncheckedIOException e) {
      // Another user's, or another process is at it too.
      LOG.debug("{} stays", directory, e);
    }
  }

  private static boolean isLocked(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static Optional<ProcessHandle> serverOf(Path directory) throws IOException {
    Path file = directory.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.get(0).strip().matches("[0-9]{1,18}")) {
      return Optional.empty();
    }
    // The number may be another process by now; a server names its directory.
    return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
        .filter(process -> process
            .info()
            .commandLine()
            .filter(line -> line.contains(directory.toString()))
            .isPresent());
  }

  private static void end(ProcessHandle server) {
    // By force: nothing of it is kept, and a polite request waits for whoever is connected.
    server.destroyForcibly();
    try {
      server.onExit().get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("Process {} does not end", server.pid(), e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
