package dev.migrator.internal.sql;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a script, in UTF-8, as often as somebody asks for them. */
@FunctionalInterface
public interface ScriptContent {

  /** The bytes from the beginning, for the caller to close. */
  InputStream open() throws IOException;

  /** The content that a text amounts to. */
  static ScriptContent of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return () -> new ByteArrayInputStream(bytes);
  }
}
