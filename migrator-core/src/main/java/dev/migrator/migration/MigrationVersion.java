package dev.migrator.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The version of a migration: numbers of any length, compared as numbers.
 *
 * <p>Two forms are kept. {@link #text()} is the version exactly as the file name writes it ({@code 0006},
 * {@code 20241108160105}, {@code 1_2}), and is what the tracking table shows. {@link #key()} is its canonical form: parts
 * joined by dots, leading zeros and trailing {@code .0} parts removed, so that {@code 1}, {@code 01} and {@code 1.0} are
 * one version. A date and a time of day divided by dashes ({@code 2024-02-12-120203}, as diesel writes it) are the number
 * that their digits are ({@code 20240212120203}): folders exist that hold both. Equality and order follow the key; a part never passes through a {@code long}, so 20 digits and more are
 * exact.
 */
public final class MigrationVersion implements Comparable<MigrationVersion> {

  /** What a repeatable migration has in place of a version: an empty text, after every version. */
  public static final MigrationVersion NONE = new MigrationVersion();

  /** Year, month, day and time of day, and whatever follows them. */
  private static final Pattern TIMESTAMP =
      Pattern.compile("[1-9][0-9]{3}-[0-9]{1,2}-[0-9]{1,2}-[0-9]{6}(?:-.*)?");

  private final String text;
  private final String[] parts;
  private final String key;

  private MigrationVersion() {
    this.text = "";
    this.parts = new String[0];
    this.key = "";
  }

  private MigrationVersion(String text) {
    this.text = text;
    this.parts = canonicalParts(text);
    this.key = parts.length == 1 ? parts[0] : String.join(".", parts);
  }

  /**
   * The version that a text writes.
   *
   * @param text digits, in parts separated by {@code .}, {@code _} or {@code -}
   * @throws IllegalArgumentException when the text is not of that form
   */
  public static MigrationVersion of(String text) {
    if (!isVersion(text)) {
      throw new IllegalArgumentException(
          "'" + text
              + "' is not a version: write digits, in parts separated by '.', '_' or '-' (0006, 1.2, 2024-11-08)");
    }
    return new MigrationVersion(text);
  }

  /** The version as the file name writes it, leading zeros included. */
  public String text() {
    return text;
  }

  /** The canonical form, in which equal versions are equal texts. */
  public String key() {
    return key;
  }

  @Override
  public int compareTo(MigrationVersion other) {
    if (parts.length == 0 || other.parts.length == 0) {
      return Integer.compare(other.parts.length, parts.length);
    }
    int common = Math.min(parts.length, other.parts.length);
    for (int i = 0; i < common; i++) {
      String mine = parts[i];
      String theirs = other.parts[i];
      int order = mine.length() != theirs.length()
          ? Integer.compare(mine.length(), theirs.length())
          : mine.compareTo(theirs);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(parts.length, other.parts.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MigrationVersion version && version.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  /** The version as written. */
  @Override
  public String toString() {
    return text;
  }

  /** By hand, here and below: thousands are read at every start, and an expression takes longer than the rest of it. */
  private static boolean isVersion(String text) {
    boolean digitBefore = false;
    for (int i = 0; i < text.length(); i++) {
      boolean digit = text.charAt(i) >= '0' && text.charAt(i) <= '9';
      if (!digit && !(digitBefore && isSeparator(text.charAt(i)))) {
        return false;
      }
      digitBefore = digit;
    }
    return digitBefore;
  }

  private static boolean isSeparator(char c) {
    return c == '.' || c == '_' || c == '-';
  }

  private static String[] canonicalParts(String text) {
    List<String> parts = new ArrayList<>(1);
    int start = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSeparator(text.charAt(i))) {
        parts.add(withoutLeadingZeros(text.substring(start, i)));
        start = i + 1;
      }
    }
    if (parts.size() > 3 && TIMESTAMP.matcher(text).matches()) {
      mergeTimestamp(parts);
      // What follows counts the migrations of one second, from 0000; without it there may be one
      // too.
      return parts.toArray(new String[0]);
    }
    while (parts.size() > 1 && parts.get(parts.size() - 1).equals("0")) {
      parts.remove(parts.size() - 1);
    }
    return parts.toArray(new String[0]);
  }

  /** Makes one number of the parts of a date and a time, as if they had been written without dashes. */
  private static void mergeTimestamp(List<String> parts) {
    StringBuilder merged = new StringBuilder(14).append(parts.get(0));
    for (int i = 1; i <= 3; i++) {
      int digits = i == 3 ? 6 : 2;
      merged.append("0".repeat(digits - parts.get(i).length())).append(parts.get(i));
    }
    parts.subList(1, 4).clear();
    parts.set(0, merged.toString());
  }

  private static String withoutLeadingZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }
}
