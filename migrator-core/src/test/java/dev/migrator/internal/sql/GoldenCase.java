package dev.migrator.internal.sql;

import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A script and how it is to be read, in the format that the folder's README explains.
 *
 * @param name its chapter and its trap, such as {@code copy/data-with-quotes}
 * @param script the file
 */
record GoldenCase(String name, Path script) {

  static final Path FOLDER = Path.of("src/test/resources/golden/scripts");

  private static final String OTHERWISE = "psql reads it otherwise: ";

  static List<GoldenCase> all() {
    try (Stream<Path> files = Files.walk(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith(".sql"))
          .sorted()
          .map(file -> new GoldenCase(
              FOLDER.relativize(file).toString().replace('\\', '/').replaceAll("\\.sql$", ""),
              file))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path expectation() {
    return script.resolveSibling(
        script.getFileName().toString().replaceAll("\\.sql$", ".expected"));
  }

  /** Why psql reads the script otherwise than expected, or {@code null} where it does not. */
  @Nullable
  String otherwise() {
    return note().isEmpty() ? null : note().strip().substring(OTHERWISE.length());
  }

  /** What the expectation holds, without the note on psql. */
  String expected() {
    return whole().substring(note().length());
  }

  /** How the splitter reads the script, in the expectation's format. */
  String reading() {
    try {
      return StatementSplitter.split("x.sql", ScriptText.read(script)).stream()
          .map(GoldenCase::shown)
          .collect(Collectors.joining());
    } catch (MigrationException e) {
      String place = e.position().map(p -> p.line() + ":" + p.column()).orElse("nowhere");
      return place + " refused\n" + delimited(e.getMessage().lines().findFirst().orElse(""));
    }
  }

  boolean isRefused() {
    return expected().matches("(?s)\\d+:\\d+ refused\n.*");
  }

  void rewrite() {
    try {
      Files.writeString(expectation(), note() + reading());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String note() {
    String whole = Files.exists(expectation()) ? whole() : "";
    return whole.startsWith(OTHERWISE) ? whole.substring(0, whole.indexOf('\n') + 1) : "";
  }

  private String whole() {
    try {
      return Files.readString(expectation(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String shown(Statement statement) {
    String data = ScriptText.copyData(statement);
    return "%d:%d %s%n"
            .formatted(statement.position().line(), statement.position().column(), statement.kind())
            .replace(System.lineSeparator(), "\n")
        + delimited(statement.text())
        + (data == null ? "" : "  data: " + lines(data) + " lines\n");
  }

  /** Lines as COPY counts them: the last one may lack its end. */
  private static long lines(String data) {
    long ends = data.chars().filter(c -> c == '\n').count();
    return data.isEmpty() || data.endsWith("\n") ? ends : ends + 1;
  }

  private static String delimited(String text) {
    return Stream.of(text.split("\n", -1))
        .map(line -> "  |" + visible(line) + "|\n")
        .collect(Collectors.joining());
  }

  /** Characters that an editor does not show are written by their number. */
  private static String visible(String line) {
    return line.codePoints()
        .mapToObj(c -> c != ' ' && (c < ' ' || Character.isSpaceChar(c) || isFormat(c))
            ? "<U+%04X>".formatted(c)
            : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static boolean isFormat(int c) {
    int type = Character.getType(c);
    return type == Character.FORMAT || type == Character.CONTROL || type == Character.SURROGATE;
  }
}
