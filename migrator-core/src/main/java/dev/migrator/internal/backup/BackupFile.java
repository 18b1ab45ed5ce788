package dev.migrator.internal.backup;

import dev.migrator.config.Backup.Encryption.Tool;
import dev.migrator.config.Restore;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backup that exists, and how it is written.
 *
 * @param path where it is
 * @param format its format
 * @param tool what encrypted it; {@code null} where nothing did
 */
record BackupFile(Path path, Format format, @Nullable Tool tool) {

  private static final int HEAD = 32;

  /**
   * Recognises one: by its first bytes, and where it is encrypted by its name.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is none
   */
  static BackupFile at(Path given) {
    Path path = given.toAbsolutePath().normalize();
    if (Files.isDirectory(path)) {
      if (Files.isRegularFile(path.resolve("toc.dat"))) {
        return new BackupFile(path, Format.DIRECTORY, null);
      }
      throw none(path, "is a folder, but none that pg_dump wrote.");
    }
    String head;
    try (InputStream in = Files.newInputStream(path)) {
      head = new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw none(path, "cannot be read: " + Failures.words(e) + ".");
    }
    if (head.startsWith("\u001f\u008b")) {
      return new BackupFile(path, Format.PLAIN, null);
    }
    if (head.startsWith("PGDMP")) {
      return new BackupFile(path, Format.CUSTOM, null);
    }
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    for (Tool tool : Tool.values()) {
      String suffix = Envelope.suffix(tool);
      if (name.endsWith(".sql.gz" + suffix)) {
        return new BackupFile(path, Format.PLAIN, tool);
      }
      if (name.endsWith(".dump" + suffix)) {
        return new BackupFile(path, Format.CUSTOM, tool);
      }
    }
    throw none(
        path,
        "is no backup: neither gzip nor pg_dump's own format, and not named like an encrypted one.");
  }

  /**
   * Makes sure that it is what was written.
   *
   * @param recorded what the database's history says of it; {@code null} where nobody knows
   * @return its checksum
   * @throws MigrationException {@code BACKUP_DAMAGED} when it is another; {@code CONFIGURATION_INVALID} when nobody knows it
   */
  String verify(Restore request, @Nullable String recorded) {
    try {
      Optional<String> known = Optional.ofNullable(request.checksum())
          .or(this::beside)
          .or(() -> Optional.ofNullable(recorded));
      if (known.isEmpty()) {
        known = LatestBackup.checksum(path.resolveSibling(BackupFolder.LATEST), path);
      }
      Optional<String> beside = request.checksum() == null ? beside() : Optional.empty();
      if (recorded != null
          && beside.filter(text -> !text.equalsIgnoreCase(recorded)).isPresent()) {
        throw MigrationException.because(
                FailureCode.BACKUP_DAMAGED,
                "the history and the file beside " + path + " do not agree on its SHA-256: "
                    + recorded + " and " + beside.get() + ".")
            .done("nothing was changed.", List.of())
            .advice("take another copy of both files; or say which one holds: --checksum <sha256>.")
            .build();
      }
      String expected = known
          .orElseThrow(() -> LibpqEnvironment.invalid(
              "nobody knows the checksum of " + path + ": there is no "
                  + BackupFolder.checksumFile(path).getFileName()
                  + " beside it, and no other record.",
              "give the checksum that was reported when it was made: --checksum <sha256>."))
          .toLowerCase(Locale.ROOT);
      String actual = Checksums.of(path);
      if (!actual.equals(expected)) {
        throw MigrationException.because(
                FailureCode.BACKUP_DAMAGED,
                path + " is not what was written: its SHA-256 is " + actual + ", and was "
                    + expected + ".")
            .done("nothing was changed.", List.of())
            .advice("take another copy of it, or an older backup.")
            .build();
      }
      return actual;
    } catch (IOException e) {
      throw none(path, "cannot be read: " + Failures.words(e) + ".");
    }
  }

  private Optional<String> beside() {
    Path file = BackupFolder.checksumFile(path);
    try {
      return Files.isRegularFile(file)
          ? Files.readString(file).lines().findFirst().map(line -> line.split(" ", 2)[0])
          : Optional.empty();
    } catch (IOException e) {
      throw none(file, "cannot be read: " + Failures.words(e) + ".");
    }
  }

  private static MigrationException none(Path path, String problem) {
    return LibpqEnvironment.invalid(
        path + " " + problem, "name a backup, such as backups/migrations/backup-....sql.gz.");
  }
}
