package dev.migrator.render;

import dev.migrator.report.ChangeLog;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What migrations say of themselves, as a change log: Markdown, the latest first, under the dates that they name. */
public final class ChangeLogMarkdown {

  private ChangeLogMarkdown() {}

  /** The document. */
  public static String of(ChangeLog log) {
    StringBuilder text = new StringBuilder("# Migrations\n");
    List<ChangeLog.Entry> latestFirst = new ArrayList<>(log.entries());
    Collections.reverse(latestFirst);
    String heading = "";
    for (ChangeLog.Entry entry : latestFirst) {
      String date = entry.header().field("date");
      String next = date.isEmpty() ? "Without a date" : Markdown.escaped(date);
      if (!next.equals(heading)) {
        heading = next;
        text.append("\n## ").append(heading).append("\n\n");
      }
      text.append("- **")
          .append(Markdown.escaped(entry.migration().label()))
          .append("**")
          .append(
              entry.header().purpose().isEmpty()
                  ? ""
                  : ": " + Markdown.escaped(entry.header().purpose()))
          .append('\n');
    }
    return text.toString();
  }
}
