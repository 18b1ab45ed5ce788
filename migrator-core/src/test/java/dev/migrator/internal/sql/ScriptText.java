package dev.migrator.internal.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
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

  /** As {@link #read}, but {@code null} for a file that is not UTF-8. */
  static @Nullable String readOrNull(Path file) {
    try {
      return read(file);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        return null;
      }
      throw e;
    }
  }

  /** A COPY's data as text: the one place in these tests that knows how a statement holds them. */
  static @Nullable String copyData(Statement statement) {
    CopyRows rows = statement.copyData();
    if (rows == null) {
      return null;
    }
    try (InputStream in = rows.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
