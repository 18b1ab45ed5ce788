package dev.migrator.render;

import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.Added;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaChange.Changed;
import dev.migrator.report.SchemaChange.Removed;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;

/**
 * A difference of two schemas as a person reads it: plain text, every line ended by a newline.
 *
 * <p>The sign in front tells what happened: {@code +} only the later one has it, {@code -} only the earlier one, {@code ~}
 * both have it, but not alike. What belongs to a table stands under it. Of long values only the lines that differ are
 * shown.
 */
public final class SchemaDiffText {

  /** Two values that are longer together are written under each other. */
  private static final int ONE_LINE = 90;

  private final StringBuilder text = new StringBuilder();

  private SchemaDiffText() {}

  /** The difference and a closing line that counts. */
  public static String of(SchemaDiff diff) {
    SchemaDiffText result = new SchemaDiffText();
    result.changes(diff);
    diff.notes().forEach(note -> result.line("", "Note: " + Printable.line(note)));
    result.line("", closing(diff));
    return result.text.toString();
  }

  /** How many objects are added, removed and changed, in words. */
  static String counts(SchemaDiff diff) {
    long added = diff.changes().stream().filter(Added.class::isInstance).count();
    long removed = diff.changes().stream().filter(Removed.class::isInstance).count();
    long changed = diff.changes().size() - added - removed;
    return added + " added, " + removed + " removed, " + changed + " changed";
  }

  private static String closing(SchemaDiff diff) {
    if (diff.isEmpty()) {
      return "No difference.";
    }
    return counts(diff) + (diff.onlyColumnOrder() ? ": only the order of columns." : ".");
  }

  private void changes(SchemaDiff diff) {
    String group = "";
    for (SchemaChange change : diff.changes()) {
      SchemaObject object = change.object();
      if (object.parent().isEmpty()) {
        group = object.name();
      } else if (!object.parent().equals(group)) {
        group = object.parent();
        line("", "in " + Printable.line(group));
      }
      change(object.parent().isEmpty() ? "" : "  ", change);
    }
  }

  private void change(String indent, SchemaChange change) {
    SchemaObject object = change.object();
    String title = object.kind().words() + " " + Printable.line(object.name());
    if (change instanceof Changed changed) {
      line(indent, "~ " + title);
      changed.attributes().forEach(attribute -> attribute(indent + "    ", attribute));
    } else {
      line(indent, (change instanceof Added ? "+ " : "- ") + title);
      object
          .attributes()
          .forEach((name, value) -> value(indent + "    ", name, Printable.of(value)));
    }
  }

  private void attribute(String indent, AttributeChange change) {
    String before = change.before();
    String after = change.after();
    if (before == null) {
      value(indent, "+ " + change.name(), after == null ? "" : Printable.of(after));
    } else if (after == null) {
      value(indent, "- " + change.name(), Printable.of(before));
    } else {
      attribute(indent, "~ " + change.name(), Printable.of(before), Printable.of(after));
    }
  }

  private void attribute(String indent, String name, String before, String after) {
    if (before.equals(after)) {
      line(indent, name + ": differs in a secret, which is not shown");
    } else if (before.length() + after.length() <= ONE_LINE
        && before.indexOf('\n') < 0
        && after.indexOf('\n') < 0) {
      line(indent, name + ": " + shown(before) + " -> " + shown(after));
    } else {
      line(indent, name + ":");
      for (LineDiff.Line line : LineDiff.between(before, after)) {
        line(
            indent + "    ",
            switch (line.mark()) {
              case SAME -> marked("  ", line.text());
              case REMOVED -> marked("- ", line.text());
              case ADDED -> marked("+ ", line.text());
              case LEFT_OUT -> "  ...";
            });
      }
    }
  }

  private void value(String indent, String name, String value) {
    if (value.indexOf('\n') < 0) {
      line(indent, name + ": " + shown(value));
      return;
    }
    line(indent, name + ":");
    value.lines().forEach(line -> line(indent + "    ", line));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "(empty)" : value;
  }

  private static String marked(String mark, String line) {
    return line.isEmpty() ? mark.strip() : mark + line;
  }

  /** A blank line has no indent; what ends in blanks keeps them, since they may be the difference. */
  private void line(String indent, String content) {
    if (!content.isEmpty()) {
      text.append(indent).append(content);
    }
    text.append('\n');
  }
}
