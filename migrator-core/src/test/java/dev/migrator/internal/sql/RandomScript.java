package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A script made at random, and how it must be read.
 *
 * @param seed makes the same script again
 * @param separators what stands before each statement, and behind the last one
 * @param ends the semicolon of each statement and, for a COPY, the rest of its line
 */
record RandomScript(
    long seed,
    String text,
    List<String> statements,
    List<SourcePosition> positions,
    List<@Nullable String> copyData,
    List<String> separators,
    List<String> ends) {

  private static final List<String> JUNK = List.of(
      ";",
      "'",
      "\"",
      "$$",
      "$a$",
      "--",
      "/*",
      "*/",
      "\\",
      "(",
      ")",
      "END",
      "BEGIN ATOMIC",
      "CASE",
      "\n",
      "\r\n",
      " ",
      "ä",
      "日本",
      "😀",
      "E'",
      "U&'",
      "$1",
      ":x",
      "COPY t FROM STDIN;",
      "\\.",
      "a",
      "1",
      "\t",
      ",");
  private static final List<String> WORDS = List.of(
      "SELECT",
      "a",
      "b$c$d",
      "end_date",
      "fn_atomic",
      "größe",
      "名",
      "😀",
      "x",
      "t.c",
      "begin",
      "$1",
      "42",
      "1.5e3",
      "e",
      "u",
      "n",
      "*",
      "+",
      "->>",
      "::",
      "=",
      "<>",
      "@-",
      "||",
      ",",
      "?",
      "[1:2]",
      "_$",
      "CASE",
      "END");

  /** Stands behind every string, as a string on the next line would continue it. */
  private static final String OPERATOR = "||";

  @Override
  public String toString() {
    return "-Dmigrator.seed=" + seed + "\nscript:\n" + text;
  }

  static RandomScript of(long seed) {
    return new Maker(seed).make();
  }

  /** One pass from the beginning to the end of a script. */
  private static final class Maker {
    private final long seed;
    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<String> statements = new ArrayList<>();
    private final List<SourcePosition> positions = new ArrayList<>();
    private final List<@Nullable String> copyData = new ArrayList<>();
    private final List<String> separators = new ArrayList<>();
    private final List<String> ends = new ArrayList<>();

    Maker(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
    }

    RandomScript make() {
      int count = random.nextInt(6);
      for (int i = 0; i < count; i++) {
        separator();
        boolean copy = random.nextInt(6) == 0;
        boolean last = i == count - 1;
        statement(copy ? "COPY t" + space() + "FROM" + space() + "STDIN" : ordinary());
        String end =
            copy ? ";" + pick(" ", "", "\t") + "\n" : last && random.nextBoolean() ? "" : ";";
        ends.add(end);
        text.append(end);
        String data = copy ? data() : null;
        copyData.add(data);
        text.append(data == null ? "" : data + "\\.\n");
      }
      if (!ends.isEmpty() && ends.get(ends.size() - 1).isEmpty()) {
        // Behind a statement that only the file ends, a comment would be part of what psql sends.
        separators.add(pick("", "\n", " \r\n"));
        text.append(separators.get(separators.size() - 1));
      } else {
        separator();
      }
      return new RandomScript(
          seed, text.toString(), statements, positions, copyData, separators, ends);
    }

    private void separator() {
      StringBuilder separator = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        separator.append(
            pick(" ", "\n", "\r\n", "\t", "\f", ";", comment(), "-- " + line() + "\n"));
      }
      separators.add(separator.toString());
      text.append(separator);
    }

    private void statement(String statement) {
      positions.add(place());
      statements.add(statement);
      text.append(statement);
    }

    /** Counted from the beginning every time: slow, and therefore plain. */
    private SourcePosition place() {
      String[] lines = text.toString().split("\r\n|\r|\n", -1);
      String last = lines[lines.length - 1];
      return new SourcePosition("x.sql", lines.length, last.codePointCount(0, last.length()) + 1);
    }

    private String ordinary() {
      return random.nextInt(5) == 0
          ? "CREATE FUNCTION f()" + space() + "BEGIN" + space() + "ATOMIC" + space() + body()
              + "END"
          : "SELECT" + tokens(random.nextInt(6), 3);
    }

    /** Statements that end in semicolons: the END of the body is the one that follows a semicolon. */
    private String body() {
      StringBuilder body = new StringBuilder();
      for (int i = random.nextInt(3); i > 0; i--) {
        body.append("SELECT").append(tokens(random.nextInt(4), 2));
        body.append(pick("", space() + "CASE WHEN x THEN 1 END", "+(CASE x WHEN 1 THEN (2) END)"));
        body.append(';').append(space());
      }
      return body.toString();
    }

    private String tokens(int count, int depth) {
      StringBuilder tokens = new StringBuilder();
      for (int i = 0; i < count; i++) {
        tokens.append(space()).append(token(depth));
      }
      return tokens.toString();
    }

    private String token(int depth) {
      return switch (random.nextInt(depth > 0 ? 9 : 8)) {
        case 0 -> continued("", 2) + OPERATOR;
        case 1 -> pick("E", "e") + continued("\\", 2) + OPERATOR;
        case 2 -> pick("U&", "N", "B", "x") + continued("", 1) + OPERATOR;
        case 3 -> pick("\"", "U&\"") + junk().replace("\"", "\"\"") + "\"";
        case 4 -> dollarQuote();
        case 5, 6, 7 -> pick(WORDS.toArray(String[]::new));
        default ->
          "(" + tokens(random.nextInt(4), depth - 1) + pick("", ";", "; SELECT 2") + space() + ")";
      };
    }

    /** A string in one part or two; where a backslash escapes, in both. */
    private String continued(String escape, int parts) {
      StringBuilder string = new StringBuilder();
      for (int i = random.nextInt(parts); i >= 0; i--) {
        String junk = escape.isEmpty()
            ? junk().replace("'", "''")
            : junk().replace("\\", "\\\\").replace("'", pick("''", "\\'"));
        string.append("'").append(junk).append("'");
        string.append(i == 0 ? "" : pick("\n", " \r\n\t", " -- " + line() + "\n"));
      }
      return string.toString();
    }

    private String dollarQuote() {
      String tag = pick("$$", "$a$", "$täg_1$", "$😀$");
      String inside = junk();
      while (inside.contains(tag) || (inside + tag).indexOf(tag) != inside.length()) {
        inside = inside.replace(tag, "x") + "y";
      }
      return tag + inside + tag;
    }

    private String junk() {
      StringBuilder junk = new StringBuilder();
      for (int i = random.nextInt(6); i > 0; i--) {
        junk.append(pick(JUNK.toArray(String[]::new)));
      }
      return junk.toString();
    }

    /** A comment with what it may not hold taken out, and perhaps another one inside. */
    private String comment() {
      String inside = junk().replace("/*", "").replace("*/", "");
      return "/* " + inside + (random.nextInt(3) == 0 ? " " + comment() + " " : " ") + "*/";
    }

    private String line() {
      return junk().replace("\n", "").replace("\r", "");
    }

    private String space() {
      return random.nextInt(5) == 0
          ? pick(" " + comment() + " ", " -- " + line() + "\n", " --" + line() + "\r\n")
          : pick(" ", "\n", "\r\n", "\t ", "  ");
    }

    private String data() {
      StringBuilder data = new StringBuilder();
      for (int i = random.nextInt(4); i > 0; i--) {
        data.append(line()).append("|\n");
      }
      return data.toString();
    }

    private String pick(String... choices) {
      return choices[random.nextInt(choices.length)];
    }
  }
}
