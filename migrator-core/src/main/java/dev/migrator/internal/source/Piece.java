package dev.migrator.internal.source;

import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.internal.sql.ScriptContent;
import dev.migrator.migration.Checksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** The piece of a file that is a script. */
sealed interface Piece {

  /** The checksum of what counts. */
  Checksum checksum();

  /** The bytes of the text, with a byte order mark if the file begins with one. */
  ScriptContent content();

  /**
   * The text, without a byte order mark.
   *
   * @param path the file's, for messages
   */
  String text(String path);

  /** How the text is read. */
  ReadingRules rules();

  /** All of a file. */
  static Piece whole(Found file, ReadingRules rules) {
    byte[] content = file.small();
    return content == null
        ? new Large(file, rules)
        : new Held(content, 0, 0, content.length, rules);
  }

  /**
   * A piece of a file that is held.
   *
   * @param bytes the file's
   * @param start the first byte that counts for the checksum
   * @param from the first byte of the text
   * @param to the byte after the last one
   */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares pieces.
  record Held(byte[] bytes, int start, int from, int to, ReadingRules rules) implements Piece {

    @Override
    public Checksum checksum() {
      boolean whole = start == 0 && to == bytes.length;
      return Checksum.of(whole ? bytes : Arrays.copyOfRange(bytes, start, to));
    }

    @Override
    public ScriptContent content() {
      return () -> new ByteArrayInputStream(bytes, from, to - from);
    }

    @Override
    public String text(String path) {
      return Utf8Text.decode(path, bytes, from == 0 ? Utf8Text.start(bytes) : from, to);
    }
  }

  /** All of a file that is too large to be held. */
  record Large(Found file, ReadingRules rules) implements Piece {

    @Override
    public Checksum checksum() {
      try (InputStream in = file.open()) {
        return Checksum.of(in);
      } catch (IOException e) {
        throw file.unreadable(e);
      }
    }

    @Override
    public ScriptContent content() {
      return file::open;
    }

    @Override
    public String text(String path) {
      byte[] bytes = file.content();
      return Utf8Text.decode(path, bytes, Utf8Text.start(bytes), bytes.length);
    }
  }
}
