package dev.migrator.benchmark;

import java.util.ArrayList;
import java.util.List;

/** What came of each scenario with each contender, in words, as one Markdown table. */
final class Outcomes {

  private final List<List<String>> rows = new ArrayList<>();

  Outcomes(List<Contender> contenders) {
    List<String> heading = new ArrayList<>(List.of("scenario"));
    contenders.forEach(contender -> heading.add(contender.name()));
    rows.add(heading);
  }

  void add(String scenario, List<String> outcomes) {
    List<String> row = new ArrayList<>(List.of(scenario));
    row.addAll(outcomes);
    rows.add(row);
    System.err.println(String.join(" | ", row));
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      text.append("| ").append(String.join(" | ", row)).append(" |\n");
      if (text.indexOf("\n") == text.length() - 1) {
        text.append("|").append("---|".repeat(row.size())).append("\n");
      }
    }
    return text.toString();
  }
}
