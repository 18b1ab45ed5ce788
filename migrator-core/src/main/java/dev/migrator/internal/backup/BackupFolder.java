package dev.migrator.internal.backup;

import dev.migrator.report.BackupReport.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the backups: their names, who may read them, and how one appears there whole or not at all. What is being
 * written has a name with a dot before it, and {@code .partial} behind.
 */
final class BackupFolder {

  static final String LATEST = "latest-backup.txt";

  /** What holds the checksum beside a backup, in sha256sum's form. */
  static final String CHECKSUM = ".sha256";

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Exactly what {@link #name} makes, so that nothing else is ever deleted. */
  private static final Pattern OURS = Pattern.compile(
      "backup-\\d{8}T\\d{6}\\.\\d{3}Z(?:\\.\\d+)?-(?<database>[A-Za-z0-9_%]+)(?:\\.sql\\.gz|\\.dump|\\.dir)(?:\\.age|\\.gpg)?");

  private final Path folder;

  /** A folder, which need not exist yet. */
  BackupFolder(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Makes it where it does not exist, for its owner alone. */
  void create() throws IOException {
    Files.createDirectories(folder, owned("rwx------"));
    if (!Files.isWritable(folder)) {
      throw new IOException(folder + " cannot be written to");
    }
  }

  /** A name that nothing has yet. */
  Path name(ServerMoment moment, Format format, String suffix) {
    String stem = "backup-" + TIMESTAMP.format(moment.time());
    String ending = "-" + plain(moment.database())
        + switch (format) {
          case PLAIN -> ".sql.gz";
          case CUSTOM -> ".dump";
          case DIRECTORY -> ".dir";
        }
        + suffix;
    Path path = folder.resolve(stem + ending);
    for (int i = 1;
        Files.exists(path, LinkOption.NOFOLLOW_LINKS) || Files.exists(partial(path));
        i++) {
      path = folder.resolve(stem + "." + i + ending);
    }
    return path;
  }

  /** A database's name as every file system takes it: other characters by their bytes. */
  private static String plain(String database) {
    StringBuilder text = new StringBuilder();
    for (byte b : database.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          b == '_' || b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z';
      text.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
    }
    return text.toString();
  }

  static Path partial(Path path) {
    return path.resolveSibling("." + path.getFileName() + ".partial");
  }

  /** Opens a new file for its owner alone. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), owned("rw-------"));
  }

  static void createFolder(Path path) throws IOException {
    Files.createDirectory(path, owned("rwx------"));
  }

  /** Lets a file or folder appear under its name. */
  void publish(Path partial, Path path) throws IOException {
    Files.move(partial, path, StandardCopyOption.ATOMIC_MOVE);
    sync();
  }

  /** Writes a small file in one step, in place of the one that may be there. */
  void write(Path file, String text) throws IOException {
    Path partial = partial(file);
    Files.deleteIfExists(partial);
    try {
      try (FileChannel channel = create(partial)) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(partial);
      throw e;
    }
    sync();
  }

  /** A name survives a crash once its folder is on the disk; where a folder cannot be opened, the system sees to that. */
  private void sync() {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows.
    }
  }

  Path latest() {
    return folder.resolve(LATEST);
  }

  static Path checksumFile(Path backup) {
    return backup.resolveSibling(backup.getFileName() + CHECKSUM);
  }

  /**
   * Deletes the oldest backups of a database, all but the last ones.
   *
   * @param number how many stay
   * @param latest the newest of them, which stays whatever the clocks of servers made of its name
   */
  void keepLast(int number, Path latest) throws IOException {
    Optional<String> database = database(latest);
    List<Path> others;
    try (Stream<Path> files = Files.list(folder)) {
      others = files
          .filter(file ->
              !file.equals(latest) && database.isPresent() && database(file).equals(database))
          .sorted(
              Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    }
    for (Path old : others.subList(Math.min(number - 1, others.size()), others.size())) {
      delete(old);
      Files.deleteIfExists(checksumFile(old));
    }
  }

  /** Whose backup a file is, by its name; nobody's where it is none of ours. */
  private static Optional<String> database(Path file) {
    Matcher name = OURS.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(name.group("database")) : Optional.empty();
  }

  /** Deletes a file or a folder with its files, if it is there. */
  static void delete(Path path) throws IOException {
    if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(path);
      return;
    }
    Files.walkFileTree(path, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
          throws IOException {
        Files.delete(file);
        return FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
          throws IOException {
        Files.delete(visited);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  /** Lets nobody but the owner read what a program wrote in a folder. */
  static void protect(Path path) throws IOException {
    if (!isPosix(path)) {
      return;
    }
    Set<PosixFilePermission> owner = PosixFilePermissions.fromString("rw-------");
    for (Path file : Checksums.files(path)) {
      Files.setPosixFilePermissions(file, owner);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static FileAttribute<?>[] owned(String permissions) {
    return isPosix(Path.of(""))
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
