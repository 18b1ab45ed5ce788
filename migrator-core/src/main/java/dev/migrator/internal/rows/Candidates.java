package dev.migrator.internal.rows;

import dev.migrator.internal.rows.ValueType.Labels;
import dev.migrator.internal.rows.ValueType.Many;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Values that a column with conditions may take: the server is asked which of them it does take. */
final class Candidates {

  static final int MOST = 160;

  private static final int LONGEST = 20_000;

  /** What conditions on texts ask for most: addresses, names of things, numbers as texts. */
  private static final List<String> COMMON_TEXTS = List.of(
      "anna@example.org",
      "bo.li@example.com",
      "c3@example.net",
      "d_e@example.org",
      "https://example.org/a",
      "https://example.com/b?c=d",
      "http://example.net",
      "+41791234567",
      "+15550101234",
      "0123456789",
      "12345",
      "42",
      "7",
      "0",
      "1",
      "abc",
      "abd",
      "ABC",
      "ABD",
      "Abc",
      "a-b-c",
      "a_b",
      "x",
      "y",
      "X",
      "Y",
      "US",
      "CH",
      "DE",
      "en",
      "de",
      "en-US",
      "USD",
      "EUR",
      "#a1b2c3",
      "#FFF",
      "1.2.3",
      "2.0.0",
      "192.0.2.1",
      "example.org",
      "2020-01-02",
      "10:20",
      "00000000-0000-4000-8000-000000000001",
      "{}",
      "{\"a\": 1}",
      "[]",
      "d41d8cd98f00b204e9800998ecf8427e",
      "Anna Li",
      "/a/b",
      "a.txt",
      "image/png",
      "UTC",
      "Europe/Zurich");

  private Candidates() {}

  /**
   * Values for a column, those first that one would like best.
   *
   * @param type its type
   * @param expressions the conditions on it
   * @param style what kind of values come first
   * @param first the number of the first ordinary value
   */
  static List<String> of(ValueType type, List<String> expressions, Filling.Style style, int first) {
    Set<String> values = new LinkedHashSet<>();
    ValueType base = type.base();
    if (style == Filling.Style.EDGE) {
      values.add(Values.edge(base));
    }
    IntStream.range(first, first + 6).forEach(n -> values.add(Values.plain(base, n)));
    if (style == Filling.Style.EDGE) {
      values.add(Values.low(base));
    }
    for (TextSort sort : List.of(TextSort.VERSION, TextSort.WORD)) {
      IntStream.range(first, first + 4).forEach(n -> values.add(Values.plain(base, n, sort)));
    }
    values.addAll(fromClues(base, Clues.of(expressions)));
    IntStream.range(first + 6, first + 20).forEach(n -> values.add(Values.plain(base, n)));
    return values.stream().limit(MOST).toList();
  }

  /** Values of the type alone, for where a constant of a condition is none. */
  static List<String> withoutClues(ValueType type, int first) {
    ValueType base = type.base();
    return IntStream.range(first, first + 20)
        .mapToObj(n -> Values.plain(base, n))
        .distinct()
        .toList();
  }

  private static Set<String> fromClues(ValueType type, Clues clues) {
    Set<String> values = new LinkedHashSet<>();
    if (type.shape() instanceof Labels labels) {
      values.addAll(labels.labels());
      return values;
    }
    if (type.shape() instanceof Many many) {
      List<String> elements = List.copyOf(fromClues(many.element().base(), clues));
      elements.forEach(element -> values.add(Values.array(many, List.of(element))));
      values.add("{}");
      clues
          .lengths(20)
          .forEach(length -> values.add(Values.array(
              many,
              IntStream.range(0, length)
                  .mapToObj(n -> Values.plain(many.element(), n))
                  .toList())));
      return values;
    }
    switch (type.name()) {
      case "bool" -> values.addAll(List.of("true", "false"));
      case "int2", "int4", "int8", "numeric", "float4", "float8", "money" ->
        numbers(type, clues, values);
      case "text", "varchar", "bpchar", "citext", "name", "char" -> texts(type, clues, values);
      case "date", "timestamp", "timestamptz" -> days(clues, values);
      case "interval" -> values.addAll(List.of("1 hour", "30 days", "1 mon", "0", "1 year"));
      case "json", "jsonb" -> documents(clues, values);
      case "bytea" -> bytes(clues, values);
      case "uuid" -> clues.texts().stream().filter(t -> t.length() == 36).forEach(values::add);
      case "time", "timetz", "inet", "cidr" -> values.addAll(clues.texts());
      default -> {}
    }
    return values;
  }

  private static void numbers(ValueType type, Clues clues, Set<String> values) {
    boolean whole = type.name().startsWith("int");
    List<BigDecimal> near = new ArrayList<>();
    List<BigDecimal> known = new ArrayList<>(clues.numbers());
    known.add(BigDecimal.ZERO);
    known.add(BigDecimal.ONE);
    for (String step : List.of("0", "1", "-1", "0.5", "0.01")) {
      known.forEach(n -> near.add(n.add(new BigDecimal(step))));
    }
    // Conditions on remainders are met by one of some that follow each other.
    IntStream.range(2, 13)
        .forEach(step -> known.forEach(n -> near.add(n.add(BigDecimal.valueOf(step)))));
    known.forEach(n -> near.add(n.negate()));
    BigDecimal bound = switch (type.name()) {
      case "int2" -> BigDecimal.valueOf(Short.MAX_VALUE);
      case "int4" -> BigDecimal.valueOf(Integer.MAX_VALUE);
      case "int8" -> BigDecimal.valueOf(Long.MAX_VALUE);
      default -> ScalarValues.bound(type);
    };
    near.stream()
        .map(n -> whole ? n.setScale(0, RoundingMode.FLOOR) : n)
        .filter(n -> n.abs().compareTo(bound) < 0)
        .forEach(n -> values.add(n.toPlainString()));
  }

  private static void texts(ValueType type, Clues clues, Set<String> values) {
    int longest = ScalarValues.length(type) < 0 ? LONGEST : ScalarValues.length(type);
    List<Integer> lengths = clues.lengths(Math.min(longest, LONGEST));
    values.addAll(clues.texts());
    if (clues.matchesPatterns()) {
      for (String text : clues.texts()) {
        // LIKE is an operator of tildes too.
        values.add(text.replace("%", "x").replace("_", "x"));
        values.addAll(PatternSamples.of(text.replace("%", ".*"), lengths));
      }
    }
    for (int length : lengths) {
      for (int near = Math.max(0, length - 1); near <= Math.min(longest, length + 1); near++) {
        values.add(ScalarValues.longText(near));
        values.add("7".repeat(near));
      }
    }
    if (clues.texts().size() > 1) {
      values.addAll(clues.texts().stream().map(t -> t.toUpperCase(Locale.ROOT)).toList());
    }
    values.addAll(COMMON_TEXTS);
    values.removeIf(value -> value.codePointCount(0, value.length()) > longest);
  }

  private static void bytes(Clues clues, Set<String> values) {
    for (int length : clues.lengths(2000)) {
      IntStream.range(1, 9).forEach(n -> values.add("\\x" + "%02x".formatted(n).repeat(length)));
    }
  }

  private static void days(Clues clues, Set<String> values) {
    for (String text : clues.texts()) {
      LocalDate day = day(text);
      if (day != null) {
        for (int near : List.of(0, 1, 2, 3, -1)) {
          values.add(day.plusDays(near).toString());
        }
      }
    }
    clues.lengths(9999).stream()
        .filter(year -> year >= 1000)
        .forEach(year -> values.addAll(
            List.of(year + "-06-15", year - 1 + "-06-15", Math.min(9999, year + 1) + "-06-15")));
    values.addAll(List.of("1970-01-01", "1990-05-06", "2000-01-01", "2999-01-01", "9999-12-31"));
    IntStream.range(1, 8).forEach(day -> values.add("2024-01-0" + day));
    values.addAll(List.of("2024-02-01", "2024-01-31", "2024-12-31", "2024-06-30"));
  }

  private static @Nullable LocalDate day(String text) {
    try {
      return text.length() < 10 ? null : LocalDate.parse(text.substring(0, 10));
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static void documents(Clues clues, Set<String> values) {
    List<String> keys = clues.texts().stream()
        .filter(text -> text.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\'))
        .toList();
    for (String value : List.of("\"x\"", "1", "true", "[]", "{}")) {
      StringBuilder document = new StringBuilder("{");
      for (String key : keys) {
        document
            .append(document.length() > 1 ? ", " : "")
            .append('"')
            .append(key)
            .append("\": ");
        document.append(value);
      }
      values.add(document.append('}').toString());
    }
    values.addAll(List.of("{}", "[]", "[1]", "\"x\"", "1", "true", "null", "{\"a\": 1}"));
  }
}
