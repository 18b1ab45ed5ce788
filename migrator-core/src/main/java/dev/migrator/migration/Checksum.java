package dev.migrator.migration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a script's content amounts to, under a named algorithm.
 *
 * <p>Two checksums say something about each other only when their algorithms are the same; otherwise they are
 * {@linkplain #comparableWith not comparable}, which is not the same as edited.
 *
 * @param algorithm the algorithm's id, stored beside the value; {@link #SHA256_LF} for everything written today
 * @param value lower-case hexadecimal digits, or whatever an unknown algorithm produced
 */
public record Checksum(String algorithm, String value) {

  /** SHA-256 over the UTF-8 bytes with a byte order mark removed and CRLF and CR folded to LF; newlines are kept. */
  public static final String SHA256_LF = "sha256-lf";

  /** The algorithm of a text that an author chose: any other text is another content. */
  public static final String EXPLICIT = "explicit";

  /** The algorithm of a value that another tool wrote and nobody documented. */
  public static final String UNKNOWN = "unknown";

  /** Whether the two values come from the same, known algorithm. */
  public boolean comparableWith(Checksum other) {
    return !algorithm.equals(UNKNOWN) && algorithm.equals(other.algorithm);
  }

  /** A text that stands for a content, chosen by its author. */
  public static Checksum explicit(String value) {
    return new Checksum(EXPLICIT, value);
  }

  /** The first twelve characters: enough for a person to tell two apart. An author's own text is whole. */
  public String abbreviated() {
    return algorithm.equals(EXPLICIT) || value.length() <= 12
        ? value
        : value.substring(0, 12).toLowerCase(Locale.ROOT);
  }

  /** The {@link #SHA256_LF} checksum of a text. */
  public static Checksum of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The {@link #SHA256_LF} checksum of UTF-8 bytes. */
  public static Checksum of(byte[] content) {
    Folding folding = new Folding();
    folding.add(content, startAfterByteOrderMark(content), content.length);
    return folding.checksum();
  }

  /**
   * The {@link #SHA256_LF} checksum of UTF-8 bytes that may be too many to hold.
   *
   * @throws IOException when they cannot be read
   */
  public static Checksum of(InputStream content) throws IOException {
    Folding folding = new Folding();
    byte[] part = new byte[1 << 16];
    int length = content.readNBytes(part, 0, part.length);
    folding.add(part, startAfterByteOrderMark(Arrays.copyOf(part, Math.min(length, 3))), length);
    while (length > 0) {
      length = content.readNBytes(part, 0, part.length);
      folding.add(part, 0, length);
    }
    return folding.checksum();
  }

  private static int startAfterByteOrderMark(byte[] content) {
    boolean mark = content.length >= 3
        && content[0] == (byte) 0xEF
        && content[1] == (byte) 0xBB
        && content[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  /** Folds CRLF and CR to LF, also where a CRLF is divided between two parts. */
  private static final class Folding {

    private final MessageDigest digest = sha256();
    private boolean afterReturn;

    void add(byte[] content, int from, int to) {
      int start = from;
      for (int i = from; i < to; i++) {
        if (content[i] == '\r') {
          digest.update(content, start, i - start);
          digest.update((byte) '\n');
          start = i + 1;
        } else if (content[i] == '\n' && (i > from ? content[i - 1] == '\r' : afterReturn)) {
          start = i + 1;
        }
      }
      digest.update(content, start, to - start);
      afterReturn = to > from ? content[to - 1] == '\r' : afterReturn;
    }

    Checksum checksum() {
      return new Checksum(SHA256_LF, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
