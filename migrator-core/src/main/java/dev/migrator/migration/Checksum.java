package dev.migrator.migration;

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

  /** The algorithm of a value that another tool wrote and nobody documented. */
  public static final String UNKNOWN = "unknown";

  /** Whether the two values come from the same, known algorithm. */
  public boolean comparableWith(Checksum other) {
    return !algorithm.equals(UNKNOWN) && algorithm.equals(other.algorithm);
  }

  /** The first twelve characters: enough for a person to tell two apart. */
  public String abbreviated() {
    return value.length() <= 12 ? value : value.substring(0, 12).toLowerCase(Locale.ROOT);
  }
}
