package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Makes text of a file's bytes. */
final class Utf8Text {

  private Utf8Text() {}

  /** Where the text of a file begins: after the byte order mark, if it has one. */
  static int start(byte[] content) {
    boolean mark = content.length >= 3
        && content[0] == (byte) 0xEF
        && content[1] == (byte) 0xBB
        && content[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  /**
   * The text of a part of a file.
   *
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when it is not UTF-8, with the offset in the file of the first byte
   *     that is not, or when it holds a NUL
   */
  static String decode(String path, byte[] content, int from, int to) {
    ByteBuffer bytes = ByteBuffer.wrap(content, from, to - from);
    CharsetDecoder decoder = StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer characters = CharBuffer.allocate(to - from);
    CoderResult result = decoder.decode(bytes, characters, true);
    if (result.isError()) {
      throw Refusal.at(
          end(path, new String(content, 0, bytes.position(), StandardCharsets.UTF_8)),
          FailureCode.SCRIPT_UNREADABLE,
          "this is not UTF-8: the byte at offset " + bytes.position() + " belongs to no character.",
          "save the file as UTF-8.");
    }
    String text = characters.flip().toString();
    int nul = text.indexOf('\0');
    if (nul >= 0) {
      throw Refusal.of(
          FailureCode.SCRIPT_UNREADABLE,
          path + " holds a NUL character, the " + (nul + 1) + "th.",
          "remove it; no text of PostgreSQL can hold one. Is the file UTF-16?");
    }
    return text;
  }

  /** The place behind a text, where what cannot be read begins. */
  private static SourcePosition end(String path, String text) {
    int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
    int lineStart = text.lastIndexOf('\n') + 1;
    return new SourcePosition(path, line, 1 + text.codePointCount(lineStart, text.length()));
  }
}
