package dev.migrator.internal.source;

import dev.migrator.config.NamingConvention;
import dev.migrator.internal.source.MarkedLines.MarkedLine;
import dev.migrator.internal.source.MarkedLines.Marker;
import dev.migrator.internal.source.SectionDialect.Kind;
import dev.migrator.internal.source.SectionDialect.Mark;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Divides a file into its up and its down section, or sees to it that a file has none. */
final class Sections {

  /** What the engine or another tool would read as a directive. */
  private static final Pattern DIRECTIVE =
      Pattern.compile("--\\s*(?:(?i:migrator):|atlas:(?:txmode|delimiter)\\b).*");

  private final String path;
  private final byte[] content;
  private final SectionDialect dialect;
  private @Nullable Marker up;
  private @Nullable Marker down;
  private @Nullable String wholeFile;

  private Sections(String path, byte[] content, SectionDialect dialect) {
    this.path = path;
    this.content = content;
    this.dialect = dialect;
    MarkedLines.of(content).forEach(this::read);
    requireUp();
  }

  /**
   * The up section; its checksum counts the marker line, so that what the line says cannot be edited unseen.
   *
   * @throws MigrationException {@code SCRIPT_NAME_INVALID} when the file has none, {@code SCRIPT_UNREADABLE} when a marker
   *     stands twice or is not understood, or when something stands before the first one
   */
  static Piece up(String path, byte[] content, SectionDialect dialect) {
    Sections sections = new Sections(path, content, dialect);
    Marker marker = sections.requireUp();
    return sections.piece(marker, marker.line().start());
  }

  /**
   * The down section; {@code null} when the file has none. Its checksum is its text's alone, as it is of the copy in the
   * database.
   *
   * @throws MigrationException as {@link #up}
   */
  static @Nullable Piece down(String path, byte[] content, SectionDialect dialect) {
    Sections sections = new Sections(path, content, dialect);
    Marker marker = sections.down;
    return marker == null ? null : sections.piece(marker, marker.line().next());
  }

  /**
   * A whole file, which must not have sections: its down section would run after its up section.
   *
   * @throws MigrationException {@code SCRIPT_NAME_INVALID} when it has
   */
  static Piece none(Found file, NamingConvention convention, ReadingRules rules) {
    String path = file.path();
    for (Marker marker : MarkedLines.markers(file)) {
      throw Refusal.at(
          path,
          marker.line().number(),
          FailureCode.SCRIPT_NAME_INVALID,
          marker.mark().problem() == null
              ? "'" + marker.line().text().strip() + "' divides the file into sections. Read as "
                  + convention + " all of the file would run, what undoes it too; read as "
                  + marker.dialect().convention() + " only the up section would."
              : "'" + marker.line().text().strip() + "' is like a marker of "
                  + marker.dialect().convention() + ", and not understood: "
                  + marker.mark().problem() + ". Read as " + convention
                  + " all of the file would run, what undoes it too.",
          "set the naming convention (--naming), or remove the line.");
    }
    return Piece.whole(file, rules);
  }

  private void read(MarkedLine line) {
    for (SectionDialect tool : SectionDialect.values()) {
      Mark mark = tool.read(line.text());
      if (mark == null) {
        continue;
      }
      if (tool != dialect) {
        throw twoTools(path, line, tool, dialect);
      } else if (mark.problem() != null) {
        throw unreadable(
            line, "'" + line.text().strip() + "' is not understood: " + mark.problem() + ".");
      } else {
        keep(new Marker(tool, line, mark));
      }
    }
  }

  private void keep(Marker marker) {
    switch (marker.mark().kind()) {
      case UP -> {
        requireFirst(up, marker);
        up = marker;
      }
      case DOWN -> {
        requireFirst(down, marker);
        down = marker;
      }
      case OTHER -> {
        if (marker.mark().withoutTransaction() != null) {
          wholeFile = reason(marker);
        }
      }
    }
    if (marker.mark().beginsSection() && (up == null || down == null)) {
      requireNothingBefore(marker.line());
    }
  }

  private void requireFirst(@Nullable Marker before, Marker marker) {
    if (before != null) {
      throw unreadable(
          marker.line(),
          "'" + marker.line().text().strip() + "' stands in line "
              + before.line().number() + " already; a file has each section once.");
    }
  }

  /** Before the first marker there may be comments: what no tool runs must not be SQL. */
  private void requireNothingBefore(MarkedLine first) {
    int line = 1;
    int depth = 0;
    for (int i = Utf8Text.start(content); i < first.start(); i++) {
      byte c = content[i];
      byte after = i + 1 < first.start() ? content[i + 1] : 0;
      if (c == '\n' || (c == '\r' && after != '\n')) {
        line++;
      } else if (c == '/' && after == '*') {
        depth++;
        i++;
      } else if (depth > 0) {
        if (c == '*' && after == '/') {
          depth--;
          i++;
        }
      } else if (c == '-' && after == '-') {
        int comment = i;
        while (i + 1 < first.start() && content[i + 1] != '\n' && content[i + 1] != '\r') {
          i++;
        }
        requireNoDirective(
            new String(content, comment, i + 1 - comment, StandardCharsets.UTF_8), line, first);
      } else if (c != ' ' && c != '\t' && c != '\r' && c != '\f') {
        throw Refusal.at(
            path,
            line,
            FailureCode.SCRIPT_UNREADABLE,
            "this stands before the first marker, in line " + first.number()
                + ", and would never run.",
            "move it below the marker.");
      }
    }
  }

  /** It would belong to no section, and the checksum of neither would tell when it is edited. */
  private void requireNoDirective(String comment, int line, MarkedLine first) {
    if (DIRECTIVE.matcher(comment).matches()) {
      throw Refusal.at(
          path,
          line,
          FailureCode.SCRIPT_UNREADABLE,
          "'" + comment.strip() + "' stands before the first marker, in line " + first.number()
              + ", and belongs to no section.",
          "move it below the marker of the section that it is for.");
    }
  }

  private Marker requireUp() {
    if (up == null) {
      throw Refusal.at(
          path,
          1,
          FailureCode.SCRIPT_NAME_INVALID,
          "the file has no line '" + dialect.up() + "'. Read as " + dialect.convention()
              + " nothing of it would run; read as " + NamingConvention.NUMBERED
              + " all of it would.",
          "add the line, or set the naming convention (--naming).");
    }
    return up;
  }

  private Piece piece(Marker marker, int start) {
    Marker other = marker.mark().kind() == Kind.UP ? down : up;
    int from = marker.line().next();
    int to = other != null && other.line().start() >= from ? other.line().start() : content.length;
    String reason = marker.mark().withoutTransaction() == null ? wholeFile : reason(marker);
    ReadingRules rules = new ReadingRules(
        marker.line().number() + 1, false, reason, ReadingRules.PLAIN.placeholders(), false);
    return new Piece.Held(content, start, from, to, rules);
  }

  private String reason(Marker marker) {
    return path + ":" + marker.line().number() + " " + marker.mark().withoutTransaction();
  }

  private MigrationException unreadable(MarkedLine line, String problem) {
    return Refusal.at(
        path, line.number(), FailureCode.SCRIPT_UNREADABLE, problem, "correct the line.");
  }

  /** Two readings, and no telling which is meant. */
  static MigrationException twoTools(
      String path, MarkedLine line, SectionDialect one, SectionDialect other) {
    List<String> names = List.of(one.convention().name(), other.convention().name()).stream()
        .sorted()
        .toList();
    return Refusal.at(
        path,
        line.number(),
        FailureCode.SCRIPT_NAME_INVALID,
        "'" + line.text().strip() + "' is a marker of " + one.convention()
            + ", and the file is one of " + other.convention() + ": read as " + names.get(0)
            + " another part of it would run than read as " + names.get(1) + ".",
        "keep the markers of one tool.");
  }
}
