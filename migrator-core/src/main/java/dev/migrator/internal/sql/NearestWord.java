package dev.migrator.internal.sql;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that somebody who mistyped one may have meant. */
public final class NearestWord {

  private NearestWord() {}

  /**
   * The nearest of some words, whatever their case; nothing when more than a third of the letters would have to be
   * inserted, removed or replaced.
   */
  public static Optional<String> to(String word, Collection<String> known) {
    int most = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(each -> distance(word, each) <= most)
        .min(Comparator.<String>comparingInt(each -> distance(word, each))
            .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String word, String known) {
    String one = word.toLowerCase(Locale.ROOT);
    String other = known.toLowerCase(Locale.ROOT);
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
