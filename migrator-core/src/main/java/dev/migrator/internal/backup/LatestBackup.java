package dev.migrator.internal.backup;

import dev.migrator.report.BackupReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The text that says which backup is the latest, and how it is brought back: lines of a name, a colon and a value. */
final class LatestBackup {

  private static final String FILE = "file: ";
  private static final String CHECKSUM = "sha256: ";

  private LatestBackup() {}

  static String text(BackupReport report, ServerMoment moment) {
    StringBuilder text = new StringBuilder(512);
    text.append(FILE).append(report.file()).append('\n');
    line(text, "database", moment.database());
    line(text, "server", "PostgreSQL " + moment.version());
    line(text, "taken at", report.takenAt().toString());
    line(text, "format", report.format().name().toLowerCase(Locale.ROOT));
    line(text, "size", Long.toString(report.size()));
    text.append(CHECKSUM).append(report.checksum()).append('\n');
    if (report.lsn() != null) {
      line(text, "lsn", report.lsn());
    }
    if (report.restorePoint() != null) {
      line(text, "restore point", report.restorePoint());
    }
    report.restore().forEach(command -> line(text, "restore", command));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(value.replace('\n', ' ')).append('\n');
  }

  /** The checksum that it has for a backup, where it is about that one. */
  static Optional<String> checksum(Path latest, Path backup) throws IOException {
    if (!Files.isRegularFile(latest)) {
      return Optional.empty();
    }
    String text = Files.readString(latest, StandardCharsets.UTF_8);
    boolean same = text.lines()
        .filter(line -> line.startsWith(FILE))
        .anyMatch(line -> line.endsWith(String.valueOf(backup.getFileName())));
    return same
        ? text.lines()
            .filter(line -> line.startsWith(CHECKSUM))
            .map(line -> line.substring(CHECKSUM.length()))
            .findFirst()
        : Optional.empty();
  }
}
