package dev.migrator.internal.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The statements of many files as JSON, for the check with PostgreSQL's own parser in {@code src/parser-check}. */
final class StatementsFile {

  private final List<String> entries = new ArrayList<>();

  void add(String file, List<Statement> statements) {
    for (Statement statement : statements) {
      entries.add("{\"file\": " + quoted(file) + ", \"line\": "
          + statement.position().line() + ", \"text\": " + quoted(statement.text()) + "}");
    }
  }

  void write(Path file) throws IOException {
    Files.writeString(file, "[\n" + String.join(",\n", entries) + "\n]\n");
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ') {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
