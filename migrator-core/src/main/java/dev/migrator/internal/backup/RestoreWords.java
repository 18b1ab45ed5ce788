package dev.migrator.internal.backup;

import dev.migrator.config.Backup;
import dev.migrator.config.Backup.Encryption;
import dev.migrator.report.BackupReport.Format;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The commands that bring a backup back into a new database, for a shell, without credentials. {@code gzip -dc}, because the zcat of macOS reads files in .Z alone. */
final class RestoreWords {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

  private RestoreWords() {}

  static List<String> of(
      Path file, Backup settings, String database, Map<String, String> variables) {
    String name = quoted(database + "_restored");
    String server = " --host=" + quoted(variable(variables, "PGHOST"))
        + " --port=" + quoted(variable(variables, "PGPORT"))
        + " --username=" + quoted(variable(variables, "PGUSER"));
    String path = quoted(file.toString());
    Encryption encryption = settings.encryption();
    String opened = encryption == null
        ? ""
        : switch (encryption.tool()) {
          case AGE -> "age --decrypt --identity key.txt " + path;
          case GPG -> "gpg --decrypt " + path;
        };
    String psql = "psql --no-psqlrc --set=ON_ERROR_STOP=1 --single-transaction --file=-" + server
        + " --dbname=" + name;
    String restore = "pg_restore --exit-on-error" + server + " --dbname=" + name;
    return List.of(
        "migrator restore " + path + " --into " + name
            + (encryption != null && encryption.tool() == Encryption.Tool.AGE
                ? " --identity key.txt"
                : ""),
        "createdb --template=template0" + server + " " + name,
        settings.format() == Format.PLAIN
            ? (opened.isEmpty() ? "gzip -dc " + path : opened + " | gzip -dc") + " | " + psql
            : opened.isEmpty() ? restore + " " + path : opened + " | " + restore);
  }

  private static String variable(Map<String, String> variables, String name) {
    return Objects.requireNonNull(variables.get(name));
  }

  /** A word as a shell reads it. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
