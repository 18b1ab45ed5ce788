package dev.migrator.report;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table-level lock mode, weakest first (PostgreSQL manual, 13.3.1). */
public enum LockMode {
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  private static final Map<String, String> WORDS =
      Stream.of(values()).collect(Collectors.toMap(LockMode::catalogName, LockMode::toString));

  private static final Pattern CATALOG_NAME =
      Pattern.compile("\\b(?:" + String.join("|", WORDS.keySet()) + ")\\b");

  /** Whether it stops those who write, or even those who read: {@code SHARE} and everything above it. */
  public boolean isStrong() {
    return compareTo(SHARE) >= 0;
  }

  /** The stronger of two, by this order. Two modes that do not include each other count by the order too. */
  public LockMode strongest(LockMode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The name that {@code pg_locks.mode} shows. */
  public String catalogName() {
    StringBuilder name = new StringBuilder();
    for (String word : name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.append("Lock").toString();
  }

  /** A text of the server's with its names of modes as the manual writes them: {@code ACCESS EXCLUSIVE}. */
  public static String inWords(String text) {
    return CATALOG_NAME.matcher(text).replaceAll(found -> WORDS.get(found.group()));
  }

  @Override
  public String toString() {
    return name().replace('_', ' ');
  }
}
