package dev.migrator.internal.sql;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts psql's own commands out of a script, so that a file written for psql can be compared. It has a small lexer of its
 * own, as the one under test must not decide what it is shown.
 *
 * <p>A command that sends the statement before it, such as {@code \gset}, becomes its semicolon; every other one becomes
 * blanks. Data that psql does not take for data, because the server refused the COPY, are left as SQL: a line {@code \.} is
 * put before them.
 */
final class PsqlLines {

  /** Something that was cut, and where: what psql does there is no question of reading SQL. */
  record Cut(int line, String command) {

    boolean sends() {
      return command.matches("(?s)\\\\(g|gx|gset|gexec|gdesc|watch|crosstabview|bind).*");
    }
  }

  /** A branch of {@code \\if}: left out for certain, run for certain, or not to be known without psql's variables. */
  private enum Branch {
    SKIPPED,
    RUN,
    UNKNOWN;

    static Branch of(String command) {
      String condition = command.replaceFirst("\\\\\\w+\\s*", "").strip();
      if (condition.matches("(?i)false|off|no|0")) {
        return SKIPPED;
      }
      return condition.matches("(?i)true|on|yes|1") ? RUN : UNKNOWN;
    }

    /** The branch behind this one, were its condition met. */
    Branch next(Branch condition) {
      return this == RUN ? SKIPPED : condition;
    }
  }

  private static final Pattern TOKEN = Pattern.compile(
      "(?<space>[ \\t\\n\\r\\f\\x0B]+|--[^\\n\\r]*)"
          + "|(?<escape>[eE]')"
          + "|(?<plain>(?:[uU]&|[bBxX])')"
          + "|(?<word>[A-Za-z_\\x80-\\uffff][\\w$\\x80-\\uffff]*)"
          + "|(?<string>')"
          + "|(?<name>\"[^\"]*\")"
          + "|(?<dollar>\\$(?:[A-Za-z_\\x80-\\uffff][\\w\\x80-\\uffff]*)?\\$)"
          + "|(?<comment>/\\*)"
          + "|(?<number>\\d+)"
          + "|(?<command>\\\\)",
      Pattern.DOTALL);
  private static final Pattern PLAIN = Pattern.compile("(?:[^']|'')*+'");
  private static final Pattern ESCAPED =
      Pattern.compile("(?:[^'\\\\]|\\\\.|'')*+'", Pattern.DOTALL);
  private static final Pattern SETTING = Pattern.compile(
      "(?is)^\\s*set\\s+(?:session\\s+|local\\s+)?standard_conforming_strings\\s*(?:=|to)\\s*'?(\\w+)'?\\s*$");
  private static final Pattern COPY =
      Pattern.compile("(?is)^\\s*copy\\b.*\\bfrom\\s+std(?:in|out)\\b.*");
  private static final Set<String> WHOLE_LINE =
      Set.of("!", "copy", "ef", "ev", "h", "help", "sf", "sv");
  private static final Set<String> SENDING =
      Set.of("g", "gx", "gset", "gexec", "gdesc", "watch", "crosstabview");

  private final String source;
  private final List<Sent> all;
  private final List<Sent> copies;
  private final StringBuilder out = new StringBuilder();
  private final List<Cut> cuts = new ArrayList<>();
  private final Set<Integer> inserted = new TreeSet<>();
  private final StringBuilder statement = new StringBuilder();
  private int at;
  private int copied;
  private int parentheses;
  private boolean standardStrings = true;
  private final Set<Integer> batched = new TreeSet<>();
  private int begun;
  private final Deque<Branch> branches = new ArrayDeque<>();
  private boolean refusedCopy;
  private boolean copyInBatch;

  private PsqlLines(String source, List<Sent> sent) {
    this.source = source;
    this.all = sent;
    this.copies =
        sent.stream().filter(query -> COPY.matcher(query.statement()).matches()).toList();
  }

  /** Cuts the commands of a script, of which psql is known to have sent something. */
  static PsqlLines cut(String source, List<Sent> sent) {
    PsqlLines lines = new PsqlLines(source, sent);
    while (lines.at < source.length()) {
      lines.step();
    }
    return lines;
  }

  String text() {
    return out.toString();
  }

  List<Cut> cuts() {
    return List.copyOf(cuts);
  }

  /** Whether a semicolon that joins, written {@code \\;}, stands between two places of the text. */
  boolean isBatched(int from, int to) {
    return batched.stream().anyMatch(semicolon -> semicolon >= from && semicolon < to);
  }

  /** The line of the original for a line of the text. */
  int originalLine(int line) {
    return line - (int) inserted.stream().filter(i -> i <= line).count();
  }

  private void step() {
    Matcher token = TOKEN.matcher(source);
    token.region(at, source.length());
    if (!token.lookingAt()) {
      symbol(source.charAt(at));
    } else if (token.group("escape") != null) {
      take(end(ESCAPED, token.end()));
    } else if (token.group("plain") != null) {
      take(end(PLAIN, token.end()));
    } else if (token.group("string") != null) {
      take(end(standardStrings ? PLAIN : ESCAPED, token.end()));
    } else if (token.group("dollar") != null) {
      int close = source.indexOf(token.group(), token.end());
      take(close < 0 ? source.length() : close + token.group().length());
    } else if (token.group("comment") != null) {
      take(endOfComment());
    } else if (token.group("command") != null) {
      command();
    } else if (token.group("space") != null) {
      boolean line = token.group().indexOf('\n') >= 0;
      take(line && refusedCopy ? source.indexOf('\n', at) + 1 : token.end());
      if (line && refusedCopy) {
        refusedCopy = false;
        out.append("\\.\n");
        inserted.add(lineOf(out.length()));
      }
    } else {
      take(token.end());
    }
  }

  private void symbol(char c) {
    if (c == ';' && parentheses == 0 && !isSkipped()) {
      out.append(c);
      at++;
      endStatement();
      if (copyInBatch) {
        blankDataOfBatch();
      }
    } else {
      if (!isSkipped()) {
        parentheses = Math.max(0, parentheses + (c == '(' ? 1 : c == ')' ? -1 : 0));
      }
      take(at + 1);
    }
  }

  private boolean isSkipped() {
    return branches.contains(Branch.SKIPPED);
  }

  private void branch(String name, String command) {
    if (name.equals("if")) {
      branches.push(Branch.of(command));
    } else if (!branches.isEmpty() && (name.equals("else") || name.equals("elif"))) {
      Branch before = branches.pop();
      branches.push(before.next(
          name.equals("else")
              ? before == Branch.SKIPPED ? Branch.RUN : Branch.UNKNOWN
              : Branch.of(command)));
    } else if (!branches.isEmpty() && name.equals("endif")) {
      branches.pop();
    }
  }

  private void take(int end) {
    if (isSkipped()) {
      out.append(source.substring(at, end).replaceAll("[^\n]", " "));
      at = end;
      return;
    }
    out.append(source, at, end);
    statement.append(source, at, end);
    at = end;
  }

  private int end(Pattern rest, int from) {
    Matcher matcher = rest.matcher(source);
    matcher.region(from, source.length());
    return matcher.lookingAt() ? matcher.end() : source.length();
  }

  private int endOfComment() {
    int depth = 0;
    int i = at;
    while (i < source.length()) {
      int step = 1;
      if (source.startsWith("/*", i)) {
        depth++;
        step = 2;
      } else if (source.startsWith("*/", i)) {
        depth--;
        step = 2;
      }
      i += step;
      if (depth == 0) {
        return i;
      }
    }
    return i;
  }

  private void endStatement() {
    begun = out.length();
    String text = new Sent(statement.toString(), null).statement();
    statement.setLength(0);
    parentheses = 0;
    Matcher setting = SETTING.matcher(text);
    if (setting.matches()) {
      standardStrings = setting.group(1).matches("(?i)on|true|1|default");
    }
    if (COPY.matcher(text).matches()) {
      copyData(text);
    }
  }

  /** The data of a COPY within {@code \\;} stand behind the last statement that is sent along. */
  private void endStatementOfBatch() {
    begun = out.length();
    String text = new Sent(statement.toString(), null).statement();
    batched.add(out.length() - 1);
    if (COPY.matcher(text).matches()) {
      statement.setLength(0);
      copyInBatch = true;
      out.append("\n\\.\n");
      int line = lineOf(out.length());
      inserted.add(line);
      inserted.add(line + 1);
    } else {
      endStatement();
    }
  }

  private void blankDataOfBatch() {
    copyInBatch = false;
    takeRestOfLine();
    for (Sent query : all) {
      String data = query.copyData();
      if (data != null && !data.isEmpty() && source.startsWith(data, at)) {
        out.append(data.replaceAll("[^\n]", " "));
        at += data.length();
        return;
      }
    }
  }

  /** Data are taken over when the server asked psql for them, and read as SQL when it did not. */
  private void copyData(String text) {
    int i = copied;
    while (i < copies.size() && !copies.get(i).is(text)) {
      i++;
    }
    if (i < copies.size()) {
      copied = i + 1;
    }
    if (i >= copies.size() || copies.get(i).copyData() == null) {
      refusedCopy = true;
      cuts.add(new Cut(lineOfSource(), "COPY refused by the server: " + text));
      return;
    }
    takeRestOfLine();
    String data = copies.get(i).copyData();
    if (data != null && source.startsWith(data, at)) {
      at += data.length();
      out.append(data);
    }
    statement.setLength(0);
  }

  private void takeRestOfLine() {
    int end = source.indexOf('\n', at);
    take(end < 0 ? source.length() : end + 1);
  }

  private void command() {
    int from = at;
    char next = at + 1 < source.length() ? source.charAt(at + 1) : '\n';
    if (next == ';' || next == ':') {
      cuts.add(new Cut(lineOfSource(), "\\" + next));
      out.append(' ').append(next);
      at += 2;
      if (next == ';') {
        endStatementOfBatch();
      } else {
        statement.append(" :");
      }
      return;
    }
    int end = at + 1;
    while (end < source.length() && Character.isLetterOrDigit(source.charAt(end))) {
      end++;
    }
    if (end < source.length() && end == at + 1 && !Character.isWhitespace(source.charAt(end))) {
      end++;
    }
    String name = source.substring(at + 1, end);
    end = WHOLE_LINE.contains(name) ? endOfLine(end) : endOfArguments(end);
    String text = source.substring(from, end);
    if (!isSkipped()) {
      cuts.add(new Cut(lineOfSource(), text));
    }
    boolean sends =
        SENDING.contains(name) && !isSkipped() && !new Sent(statement.toString(), null).isEmpty();
    out.append(sends ? ";" : " ").append(" ".repeat(end - from - 1));
    at = end;
    branch(name, text);
    if (name.equals("r") || name.equals("reset")) {
      forgetStatement();
    }
    if (sends) {
      endStatement();
    }
    if (name.equals("copy")
        && text.toLowerCase(Locale.ROOT).matches("(?s).*\\bfrom\\s+p?stdin\\b.*")) {
      skipData();
    }
  }

  /** What {@code \\r} throws away was never sent. */
  private void forgetStatement() {
    String kept = out.substring(begun).replaceAll("[^\n]", " ");
    out.replace(begun, out.length(), kept);
    statement.setLength(0);
    parentheses = 0;
  }

  private void skipData() {
    int end = source.indexOf("\n\\.\n", at);
    int to = end < 0 ? source.length() : end + 3;
    out.append(source.substring(at, to).replaceAll("[^\\n]", " "));
    at = to;
  }

  private int endOfLine(int from) {
    int i = source.indexOf('\n', from);
    return i < 0 ? source.length() : i;
  }

  /** To the end of the line or the next backslash outside quotes; {@code \\} ends the arguments and is cut with them. */
  private int endOfArguments(int from) {
    char quote = 0;
    int i = from;
    while (i < source.length() && source.charAt(i) != '\n') {
      char c = source.charAt(i);
      if (quote != 0) {
        if (c == '\\' && quote == '\'') {
          i++;
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '\'' || c == '"' || c == '`') {
        quote = c;
      } else if (c == '\\') {
        return source.startsWith("\\\\", i) ? i + 2 : i;
      }
      i++;
    }
    return Math.min(i, source.length());
  }

  private int lineOfSource() {
    return 1 + (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private int lineOf(int end) {
    return (int) out.substring(0, end).chars().filter(c -> c == '\n').count();
  }
}
