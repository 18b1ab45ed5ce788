package dev.migrator.internal.rows;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The constants in a condition. Most conditions are met by one of them or by what lies beside it; the server tells which.
 *
 * @param texts the string constants, in order
 * @param numbers the numbers, in order
 * @param matchesPatterns whether it matches regular expressions
 */
record Clues(List<String> texts, List<BigDecimal> numbers, boolean matchesPatterns) {

  private static final Pattern CONSTANT = Pattern.compile(
      "(E?)'((?:[^']++|'')*+)'|\"(?:[^\"]++|\"\")*+\"|(?<![\\w.])(\\d{1,30}(?:\\.\\d{1,30})?)(?![\\w.])");

  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

  /** Keeps copies. */
  Clues {
    texts = List.copyOf(texts);
    numbers = List.copyOf(numbers);
  }

  /** The constants in conditions as the server prints them. */
  static Clues of(List<String> expressions) {
    Set<String> texts = new LinkedHashSet<>();
    Set<BigDecimal> numbers = new LinkedHashSet<>();
    boolean patterns = false;
    for (String expression : expressions) {
      patterns |= expression.contains("~") || expression.contains("regexp");
      Matcher constant = CONSTANT.matcher(expression);
      while (constant.find()) {
        if (constant.group(2) != null) {
          String text = constant.group(2).replace("''", "'");
          texts.add(constant.group(1).isEmpty() ? text : text.replace("\\\\", "\\"));
        } else if (constant.group(3) != null) {
          numbers.add(new BigDecimal(constant.group(3)));
        }
      }
    }
    for (String text : texts) {
      if (NUMBER.matcher(text).matches()) {
        numbers.add(new BigDecimal(text));
      }
    }
    return new Clues(new ArrayList<>(texts), new ArrayList<>(numbers), patterns);
  }

  /** The numbers that may be lengths or counts. */
  List<Integer> lengths(int most) {
    return numbers.stream()
        .filter(n -> n.signum() >= 0 && n.compareTo(BigDecimal.valueOf(most)) <= 0)
        .map(BigDecimal::intValue)
        .distinct()
        .toList();
  }
}
