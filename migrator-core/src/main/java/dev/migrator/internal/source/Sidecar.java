package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file beside a script that says how it runs: diesel's {@code metadata.toml}, Flyway's {@code <script>.conf}.
 *
 * @param file the file
 * @param key the one setting that is understood
 */
record Sidecar(Found file, String key) {

  static Sidecar diesel(Found file) {
    return new Sidecar(file, "run_in_transaction");
  }

  static Sidecar flyway(Found file) {
    return new Sidecar(file, "executeInTransaction");
  }

  /**
   * The place that says that the script runs without a transaction; {@code null} when none does.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_UNREADABLE} for another setting, or a value other than
   *     {@code true} and {@code false}
   */
  @Nullable
  String withoutTransaction() {
    byte[] content = file.content();
    String text = Utf8Text.decode(file.path(), content, Utf8Text.start(content), content.length);
    List<String> lines = text.lines().toList();
    String reason = null;
    boolean set = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = withoutComment(lines.get(i));
      if (line.isEmpty()) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = equals < 0 ? line : line.substring(0, equals).strip();
      String value = equals < 0 ? "" : line.substring(equals + 1).strip();
      if (!name.equals(key)) {
        throw wrong(
            i, "'" + name + "' is unknown; the one setting understood here is " + key + ".");
      }
      if (!value.equals("true") && !value.equals("false")) {
        throw wrong(i, key + " is '" + value + "'; it can be true or false.");
      }
      if (set) {
        throw wrong(i, key + " is set a second time.");
      }
      set = true;
      reason = value.equals("false") ? file.path() + ":" + (i + 1) + " says " + line : null;
    }
    return reason;
  }

  private static String withoutComment(String line) {
    int comment = line.indexOf('#');
    return (comment < 0 ? line : line.substring(0, comment)).strip();
  }

  private RuntimeException wrong(int index, String problem) {
    return Refusal.at(
        file.path(), index + 1, FailureCode.SCRIPT_UNREADABLE, problem, "correct the line.");
  }
}
