package dev.migrator.report;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a snapshot amounts to, in one line: {@code strict-1-pg17-<64 hexadecimal digits>}.
 *
 * @param flavour how closely the snapshot looked
 * @param format the number of the snapshot's canonical form; another one may write the same schema differently
 * @param serverMajor the major version of the server that was asked; another one may spell the same schema differently
 * @param value SHA-256 in lower-case hexadecimal digits; it does not cover the version
 */
public record SchemaFingerprint(SchemaFlavour flavour, int format, int serverMajor, String value) {

  /** The canonical form that this release writes. */
  public static final int FORMAT = 1;

  private static final Pattern TEXT =
      Pattern.compile("(strict|logical)-(\\d{1,4})-pg(\\d{1,4})-([0-9a-f]{64})");

  /**
   * The fingerprint of a text that {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException when it is another text
   */
  public static SchemaFingerprint of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "not a fingerprint of a schema: expected strict-1-pg17-<64 hexadecimal digits>");
    }
    return new SchemaFingerprint(
        SchemaFlavour.valueOf(matcher.group(1).toUpperCase(Locale.ROOT)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)),
        matcher.group(4));
  }

  /**
   * Whether the two say anything about each other: the same flavour and form, and the same major version. The logical
   * flavour is compared across versions too: there an equal value means an equal schema, but a different value may be
   * another version's spelling.
   */
  public boolean comparableWith(SchemaFingerprint other) {
    return flavour == other.flavour
        && format == other.format
        && (serverMajor == other.serverMajor || flavour == SchemaFlavour.LOGICAL);
  }

  /** Whether both stand for the same schema. */
  public boolean sameSchema(SchemaFingerprint other) {
    return comparableWith(other) && value.equals(other.value);
  }

  @Override
  public String toString() {
    return flavour.stored() + "-" + format + "-pg" + serverMajor + "-" + value;
  }
}
