package dev.migrator.internal.source;

import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.Checksum;
import java.util.Arrays;

/** The piece of a file's content that is a script. */
final class Piece {

  private final byte[] content;
  private final int start;
  private final int from;
  private final int to;
  private final ReadingRules rules;

  /**
   * A piece.
   *
   * @param content the file's
   * @param start the first byte that counts for the checksum
   * @param from the first byte of the text
   * @param to the byte after the last one
   * @param rules how the text is read
   */
  Piece(byte[] content, int start, int from, int to, ReadingRules rules) {
    this.content = content;
    this.start = start;
    this.from = from;
    this.to = to;
    this.rules = rules;
  }

  /** All of a file. */
  static Piece whole(byte[] content, ReadingRules rules) {
    return new Piece(content, 0, Utf8Text.start(content), content.length, rules);
  }

  Checksum checksum() {
    boolean whole = start == 0 && to == content.length;
    return Checksum.of(whole ? content : Arrays.copyOfRange(content, start, to));
  }

  /**
   * The text, without a byte order mark.
   *
   * @param path the file's, for messages
   */
  String text(String path) {
    return Utf8Text.decode(path, content, from, to);
  }

  ReadingRules rules() {
    return rules;
  }
}
