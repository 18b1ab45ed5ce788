package dev.migrator.internal.rows;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts that match a regular expression (PostgreSQL manual, 9.7.3), as far as it is made of characters, classes, groups,
 * alternatives and repetitions. Whoever asks tries the texts: what is not understood gives texts that do not match.
 */
final class PatternSamples {

  private static final int SAMPLES = 12;

  private static final int LONGEST_REPETITION = 300;

  private static final String PRINTABLE = printable();

  private final String pattern;
  private final int seed;
  private final int repetitions;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private PatternSamples(String pattern, int seed, int repetitions) {
    this.pattern = pattern;
    this.seed = seed;
    this.repetitions = repetitions;
  }

  /**
   * Some texts that match.
   *
   * @param lengths how often something is repeated, beside a few times, where the pattern leaves it open
   */
  static List<String> of(String pattern, List<Integer> lengths) {
    List<Integer> repetitions = new ArrayList<>(List.of(3, 1, 8));
    lengths.stream().filter(n -> n > 0 && n <= LONGEST_REPETITION).forEach(repetitions::add);
    Set<String> samples = new LinkedHashSet<>();
    for (int repetition : repetitions) {
      for (int seed = 1; seed <= SAMPLES; seed++) {
        PatternSamples one = new PatternSamples(pattern, seed, repetition);
        one.alternatives();
        samples.add(one.out.toString());
      }
    }
    return List.copyOf(samples);
  }

  /** Reads alternatives to the end or to a closing parenthesis; keeps what one of them wrote. */
  private void alternatives() {
    List<String> written = new ArrayList<>();
    int start = out.length();
    do {
      sequence();
      written.add(out.substring(start));
      out.setLength(start);
    } while (skip('|'));
    out.append(written.get(seed % written.size()));
  }

  private void sequence() {
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      int atom = at;
      int start = out.length();
      atom();
      int end = at;
      int[] times = quantifier();
      if (times[0] == 1 && times[1] == 1) {
        continue;
      }
      int afterwards = at;
      out.setLength(start);
      int wanted = Math.max(times[0], Math.min(times[1], repetitions));
      for (int i = 0; i < wanted && out.length() < 4 * LONGEST_REPETITION; i++) {
        at = atom;
        atom();
      }
      at = Math.max(afterwards, end);
    }
  }

  private void atom() {
    char c = pattern.charAt(at++);
    switch (c) {
      case '^', '$' -> {}
      case '.' -> out.append((char) ('a' + pick(26)));
      case '(' -> group();
      case '[' -> append(bracket());
      case '\\' -> escape();
      default -> out.append(c);
    }
  }

  private void group() {
    int start = out.length();
    boolean looks = pattern.startsWith("?=", at)
        || pattern.startsWith("?!", at)
        || pattern.startsWith("?<", at);
    if (pattern.startsWith("?:", at)
        || pattern.startsWith("?=", at)
        || pattern.startsWith("?!", at)) {
      at += 2;
    } else if (pattern.startsWith("?<", at)) {
      at += 3;
    }
    alternatives();
    skip(')');
    if (looks) {
      out.setLength(start);
    }
  }

  private void escape() {
    if (at >= pattern.length()) {
      return;
    }
    char c = pattern.charAt(at++);
    switch (c) {
      case 'd', 'w', 's', 'D', 'W', 'S' -> append(escapedClass(c));
      case 'm', 'M', 'y', 'Y', 'A', 'Z' -> {}
      case 't' -> out.append('\t');
      case 'n' -> out.append('\n');
      default -> out.append(c);
    }
  }

  private static String escapedClass(char c) {
    return switch (c) {
      case 'd' -> "0123456789";
      case 'w' -> "abcdefghijklmnopqrstuvwxyz0123456789_";
      case 's' -> " ";
      case 'W', 'S' -> "-.";
      default -> "xyz";
    };
  }

  /** The characters of a bracket expression, whose opening bracket has been read. */
  private String bracket() {
    boolean negated = skip('^');
    StringBuilder set = new StringBuilder();
    boolean first = true;
    while (at < pattern.length() && (first || pattern.charAt(at) != ']')) {
      first = false;
      if (pattern.startsWith("[:", at)) {
        int end = pattern.indexOf(":]", at);
        set.append(named(end < 0 ? "" : pattern.substring(at + 2, end)));
        at = end < 0 ? pattern.length() : end + 2;
        continue;
      }
      char c = pattern.charAt(at++);
      if (c == '\\' && at < pattern.length()) {
        c = pattern.charAt(at++);
        if ("dwsDWS".indexOf(c) >= 0) {
          set.append(escapedClass(c));
          continue;
        }
      }
      if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        char last = pattern.charAt(at + 1);
        at += 2;
        for (int i = c; i <= last && set.length() < 512; i++) {
          set.append((char) i);
        }
      } else {
        set.append(c);
      }
    }
    skip(']');
    return negated ? without(set.toString()) : set.toString();
  }

  private static String named(String name) {
    return switch (name) {
      case "digit" -> "0123456789";
      case "xdigit" -> "0123456789abcdef";
      case "upper" -> "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
      case "alpha", "lower" -> "abcdefghijklmnopqrstuvwxyz";
      case "space", "blank" -> " \t";
      case "punct" -> ".-_,!";
      default -> "abcdefghijklmnopqrstuvwxyz0123456789";
    };
  }

  private static String without(String set) {
    StringBuilder others = new StringBuilder();
    PRINTABLE.chars().filter(c -> set.indexOf(c) < 0).forEach(c -> others.append((char) c));
    return others.toString();
  }

  /** Letters first: a character that is not forbidden is often none of the others that mean something. */
  private static String printable() {
    StringBuilder all =
        new StringBuilder("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    for (char c = ' '; c < 127; c++) {
      if (all.indexOf(String.valueOf(c)) < 0) {
        all.append(c);
      }
    }
    return all.toString();
  }

  private void append(String characters) {
    if (!characters.isEmpty()) {
      out.append(characters.charAt(pick(Math.min(characters.length(), 62))));
    }
  }

  /** A choice that differs from place to place and from sample to sample. */
  private int pick(int choices) {
    return (7 * seed + 3 * out.length()) % choices;
  }

  /** How often what was read is repeated, at least and at most. */
  private int[] quantifier() {
    int[] times = {1, 1};
    if (at < pattern.length()) {
      switch (pattern.charAt(at)) {
        case '*' -> times = new int[] {0, LONGEST_REPETITION};
        case '+' -> times = new int[] {1, LONGEST_REPETITION};
        case '?' -> times = new int[] {0, 1};
        case '{' -> times = bounds();
        default -> {
          return times;
        }
      }
      at++;
      skip('?');
    }
    return times;
  }

  /** Reads {@code {m}}, {@code {m,}} or {@code {m,n}} up to the closing brace. */
  private int[] bounds() {
    int close = pattern.indexOf('}', at);
    String inner = close < 0 ? "" : pattern.substring(at + 1, close);
    if (!inner.matches("\\d{1,4}(,\\d{0,4})?")) {
      return new int[] {1, 1};
    }
    at = close;
    int comma = inner.indexOf(',');
    int least = Integer.parseInt(comma < 0 ? inner : inner.substring(0, comma));
    if (comma < 0) {
      return new int[] {least, least};
    }
    String most = inner.substring(comma + 1);
    return new int[] {least, most.isEmpty() ? LONGEST_REPETITION : Integer.parseInt(most)};
  }

  private boolean skip(char c) {
    boolean there = at < pattern.length() && pattern.charAt(at) == c;
    at += there ? 1 : 0;
    return there;
  }
}
