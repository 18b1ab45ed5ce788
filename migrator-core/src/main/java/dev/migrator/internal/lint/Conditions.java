package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.Fragment;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the conditions of checks and partial indexes, as far as their words tell. */
public final class Conditions {

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]*");

  private Conditions() {}

  /** Whether a condition says that a column is not NULL, and nothing else. */
  public static boolean saysOnlyNotNull(@Nullable Fragment condition, String column) {
    return condition != null
        && plain(condition).equals(column.toLowerCase(Locale.ROOT) + " is not null");
  }

  /** Whether a text is the name of a column, and not an expression. */
  static boolean isName(String element) {
    return NAME.matcher(element).matches();
  }

  /** Whether a text names a column; a function or a string of the same name counts too. */
  static boolean names(String text, String column) {
    return NAME.matcher(text).results().anyMatch(word -> word.group().equalsIgnoreCase(column));
  }

  /** The words in lower case, without quotes and parentheses, a blank between them. */
  public static String plain(Fragment condition) {
    return condition
        .text()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[()\"]", " ")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
