package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Lexer.Element;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement whose placeholders were replaced. Where statements begin and end is decided before, on the script as it is
 * written: a value can change a statement, never their number.
 *
 * @param sql what is sent
 * @param replacements what was replaced, in order
 */
record Expansion(String sql, List<Replacement> replacements) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(?:([A-Za-z0-9_.-]+)})?");

  /**
   * One placeholder.
   *
   * @param from where it begins in the text
   * @param to where it ends there
   * @param sqlFrom where its value begins in what is sent
   * @param sqlTo where the value ends there
   */
  record Replacement(int from, int to, int sqlFrom, int sqlTo) {}

  /**
   * Replaces the placeholders of a statement; {@code null} when it has none.
   *
   * @param text the statement as it is written
   * @param position where it begins
   * @throws MigrationException {@code SCRIPT_UNREADABLE} for a placeholder without a value, and when a value makes more or
   *     less than one statement of it
   */
  static @Nullable Expansion of(
      String text, ReadingRules rules, boolean standardStrings, SourcePosition position) {
    if (rules.placeholders().isEmpty() || !text.contains("${")) {
      return null;
    }
    List<int[]> untouched = untouched(text, rules.placeholdersInBodies(), standardStrings);
    List<Replacement> replacements = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    int copied = 0;
    int range = 0;
    Matcher placeholder = PLACEHOLDER.matcher(text);
    while (placeholder.find()) {
      int at = placeholder.start();
      while (range < untouched.size() && untouched.get(range)[1] <= at) {
        range++;
      }
      if (range < untouched.size() && untouched.get(range)[0] <= at) {
        continue;
      }
      String name = placeholder.group(1);
      String value = name == null ? null : rules.placeholders().get(name);
      if (value == null) {
        throw unresolved(placeholder.group(), rules, Statement.place(text, position, at));
      }
      sql.append(text, copied, at);
      int from = sql.length();
      sql.append(value);
      copied = placeholder.end();
      replacements.add(new Replacement(at, copied, from, sql.length()));
    }
    if (replacements.isEmpty()) {
      return null;
    }
    sql.append(text, copied, text.length());
    Expansion expansion = new Expansion(sql.toString(), List.copyOf(replacements));
    expansion.requireOneStatement(standardStrings, comments(text, standardStrings), position);
    return expansion;
  }

  /** The place in the text that a place in what is sent comes from. */
  int source(int sqlOffset) {
    int shift = 0;
    for (Replacement replacement : replacements) {
      if (sqlOffset < replacement.sqlFrom()) {
        break;
      }
      if (sqlOffset < replacement.sqlTo()) {
        return replacement.from();
      }
      shift = replacement.to() - replacement.sqlTo();
    }
    return sqlOffset + shift;
  }

  /** Comments, and the texts between dollar signs, where {@code $} has a meaning of its own. */
  private static List<int[]> untouched(String text, boolean bodiesToo, boolean standardStrings) {
    List<int[]> ranges = new ArrayList<>();
    ScriptBytes bytes = ScriptBytes.of(text);
    Lexer lexer = new Lexer(bytes, standardStrings);
    int at = 0;
    for (Element element = lexer.next(); element != Element.END; element = lexer.next()) {
      int end = at + bytes.text(lexer.from(), lexer.to()).length();
      boolean body = element == Element.DOLLAR_QUOTE && !bodiesToo;
      if (body || element == Element.LINE_COMMENT || element == Element.BLOCK_COMMENT) {
        ranges.add(new int[] {at, end});
      }
      at = end;
    }
    return ranges;
  }

  private static long comments(String statement, boolean standardStrings) {
    Lexer lexer = new Lexer(ScriptBytes.of(statement), standardStrings);
    long count = 0;
    for (Element element = lexer.next(); element != Element.END; element = lexer.next()) {
      count += element == Element.LINE_COMMENT || element == Element.BLOCK_COMMENT ? 1 : 0;
    }
    return count;
  }

  private void requireOneStatement(
      boolean standardStrings, long comments, SourcePosition position) {
    String problem;
    try {
      List<Statement> read = StatementSplitter.one(sql, standardStrings);
      boolean same = read.size() == 1 && read.get(0).text().equals(sql);
      if (same && comments(sql, standardStrings) == comments) {
        return;
      }
      problem = read.size() == 1
          ? "the statement begins or ends elsewhere, or a comment hides a part of it."
          : "it makes " + read.size() + " statements of this one.";
    } catch (MigrationException e) {
      problem = "the statement does not end any more.";
    }
    throw MigrationException.because(
            FailureCode.SCRIPT_UNREADABLE,
            "the value of a placeholder changes where statements end: " + problem)
        .at(position)
        .done("nothing was run.", List.of())
        .advice("configure a value that is a name, a number, or a part of one statement.")
        .build();
  }

  private static MigrationException unresolved(
      String placeholder, ReadingRules rules, SourcePosition position) {
    return MigrationException.because(
            FailureCode.SCRIPT_UNREADABLE,
            placeholder.equals("${")
                ? "'${' begins a placeholder, and no name and } follow."
                : "no value is configured for " + placeholder + ".")
        .at(position)
        .done("nothing was run.", List.of())
        .advice(
            "configure it (--placeholder <name=value>, in code .placeholders(...)); values are configured for "
                + String.join(", ", new TreeSet<>(rules.placeholders().keySet())) + ".")
        .build();
  }
}
