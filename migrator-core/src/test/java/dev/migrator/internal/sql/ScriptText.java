package dev.migrator.internal.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Files as the splitter gets them. */
final class ScriptText {

  private ScriptText() {}

  /** The file's text without a byte order mark, which is no part of a script. */
  static String read(Path file) {
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  /** A COPY's data as text: the one place in these tests that knows how a statement holds them. */
  static @Nullable String copyData(Statement statement) {
    return statement.copyData();
  }

  /** Where in the text a line and a column are. */
  static int offset(String text, int line, int column) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = nextLine(text, at);
    }
    return text.offsetByCodePoints(at, column - 1);
  }

  private static int nextLine(String text, int from) {
    int at = from;
    while (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return text.startsWith("\r\n", at) ? at + 2 : at + 1;
  }
}
