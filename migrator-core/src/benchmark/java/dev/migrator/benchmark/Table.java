package dev.migrator.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The measurements as one Markdown table: a row for each thing measured, a column for each contender, and ratios. */
final class Table {

  private static final List<String> CONTENDERS = List.of(
      RawJdbc.NAME, MigratorContender.NAME, FlywayContender.NAME, LiquibaseContender.NAME);

  private final List<List<String>> rows = new ArrayList<>();

  Table() {
    List<String> heading = new ArrayList<>();
    heading.add("");
    heading.addAll(CONTENDERS);
    heading.add("Migrator : raw");
    heading.add("Flyway : Migrator");
    heading.add("goals");
    rows.add(heading);
  }

  /**
   * Adds a row.
   *
   * @param what what was measured, with its unit
   * @param values the medians, by the contender's name
   * @param goals the goals that the row decides
   */
  void add(String what, Map<String, Double> values, Goal... goals) {
    List<String> row = new ArrayList<>();
    row.add(what);
    CONTENDERS.forEach(name -> row.add(number(values.get(name))));
    row.add(ratio(values.get(MigratorContender.NAME), values.get(RawJdbc.NAME)));
    row.add(ratio(values.get(FlywayContender.NAME), values.get(MigratorContender.NAME)));
    List<String> decided = new ArrayList<>();
    for (Goal goal : goals) {
      decided.add(goal.toString());
    }
    row.add(String.join("; ", decided));
    rows.add(row);
    System.err.println(String.join(" | ", row));
  }

  /**
   * A goal and what came of it.
   *
   * @param name its name and limit in words
   * @param measured the value
   * @param met whether it is met
   */
  record Goal(String name, double measured, boolean met) {

    static Goal atMost(String name, double limit, double measured) {
      return new Goal(name + " at most " + text(limit), measured, measured <= limit);
    }

    static Goal atLeast(String name, double limit, double measured) {
      return new Goal(name + " at least " + text(limit), measured, measured >= limit);
    }

    private static String text(double limit) {
      return limit == Math.rint(limit) ? Long.toString((long) limit) : Double.toString(limit);
    }

    @Override
    public String toString() {
      return name + ": " + (met ? "met" : "NOT MET") + " (" + number(measured) + ")";
    }
  }

  /** As Markdown, its columns aligned for reading as plain text too. */
  String markdown() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], Math.max(3, row.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      for (int i = 0; i < columns; i++) {
        boolean left = i == 0 || i == columns - 1;
        String format = "| %" + (left ? "-" : "") + widths[i] + "s ";
        text.append(format.formatted(rows.get(r).get(i)));
      }
      text.append("|\n");
      if (r == 0) {
        for (int i = 0; i < columns; i++) {
          boolean left = i == 0 || i == columns - 1;
          text.append("| ").append("-".repeat(widths[i] - 1)).append(left ? "- " : ": ");
        }
        text.append("|\n");
      }
    }
    return text.toString();
  }

  private static String ratio(@org.jspecify.annotations.Nullable Double above,
      @org.jspecify.annotations.Nullable Double below) {
    return above == null || below == null || below == 0 ? "" : String.format(Locale.ROOT, "%.2f", above / below);
  }

  private static String number(@org.jspecify.annotations.Nullable Double value) {
    if (value == null) {
      return "";
    }
    if (value == Math.rint(value) && value < 1e6) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
