package dev.migrator.internal.sql;

import dev.migrator.internal.sql.PsqlLines.Cut;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Compares what the splitter finds with what psql sends. */
final class Differential {

  /** What psql replaces by a value: {@code :name}, {@code :'name'}, {@code :"name"}, {@code :{?name}}. */
  private static final Pattern VARIABLE = Pattern.compile(
      ":(?:[\\w\\x80-\\uffff]+|'[\\w\\x80-\\uffff]+'|\"[\\w\\x80-\\uffff]+\"|\\{\\?\\w+})");

  private static final String BETWEEN = "\\s*+;(?:\\s|;|--[^\\n]*+|/\\*(?s:.*?)\\*/)*+";

  private static final String OF_ITSELF = "sent for FETCH_COUNT or AUTOCOMMIT";

  private static final Pattern LEAVES =
      Pattern.compile("\\\\(q|quit|c|connect)\\b.*", Pattern.DOTALL);
  private static final Pattern CONDITION =
      Pattern.compile("\\\\(if|elif|else|endif|r|reset|i|ir|include)\\b.*", Pattern.DOTALL);

  /**
   * A place where the two do not agree.
   *
   * @param line of the file
   * @param reason why that is no fault of the splitter; {@code null} when nobody knows
   */
  record Difference(int line, @Nullable String reason, String detail) {}

  /**
   * What a file's comparison came to.
   *
   * @param ours the statements that the splitter found
   * @param sent how many statements psql sent
   * @param equal how many of them are the same to the byte
   */
  record Outcome(List<Statement> ours, int sent, int equal, List<Difference> differences) {}

  private final PsqlLines lines;
  private final List<Statement> ours;
  private final List<Sent> sent;
  private final List<String> texts;
  private final List<String> whole;
  private final List<String> bare;
  private final List<Difference> differences = new ArrayList<>();
  private final Set<Integer> batched = new HashSet<>();
  private final Map<Integer, List<String>> parts = new HashMap<>();
  private int equal;

  private Differential(PsqlLines lines, List<Statement> ours, List<Sent> sent) {
    this.lines = lines;
    this.ours = ours;
    this.sent = sent;
    // Each is compared with each, so what is compared is made once.
    this.texts = ours.stream().map(statement -> Sent.squeezed(statement.text())).toList();
    this.whole = sent.stream().map(query -> Sent.squeezed(query.statement())).toList();
    this.bare = sent.stream().map(Sent::bare).toList();
    int end = 0;
    for (int i = 0; i < ours.size(); i++) {
      int start = lines.text().indexOf(ours.get(i).text(), end);
      if (i > 0 && lines.isBatched(end, start)) {
        batched.add(i - 1);
        batched.add(i);
      }
      end = start + ours.get(i).text().length();
    }
  }

  /** The first place where the two do not agree, or {@code null} when they agree to the byte. */
  static @Nullable String firstDifference(List<Statement> ours, List<Sent> all) {
    List<Sent> sent = notEmpty(all);
    for (int i = 0; i < Math.max(ours.size(), sent.size()); i++) {
      if (i >= ours.size()) {
        return "psql sends more: " + sent.get(i).statement();
      }
      Statement statement = ours.get(i);
      if (i >= sent.size()) {
        return statement.position() + ": psql does not send " + statement.text();
      }
      if (!sent.get(i).is(statement.text())) {
        return statement.position() + ": the splitter finds\n" + statement.text()
            + "\nand psql sends\n" + sent.get(i).statement();
      }
      String data = ScriptText.copyData(statement);
      if (!Objects.equals(data, sent.get(i).data())) {
        return statement.position() + ": the splitter finds the data\n" + data
            + "\nand psql sends\n" + sent.get(i).data();
      }
    }
    return null;
  }

  /** Compares a file that may hold commands of psql, and says why where the two do not agree. */
  static Outcome compare(String script, String text, List<Sent> all) {
    PsqlLines lines = PsqlLines.cut(text, all);
    List<Sent> sent =
        notEmpty(all).stream().filter(query -> whyOfItself(query) == null).toList();
    try {
      List<Statement> ours = StatementSplitter.split(script, lines.text());
      Differential differential = new Differential(lines, ours, sent);
      differential.align();
      for (Sent query : all) {
        String why = whyOfItself(query);
        if (why != null) {
          differential.differences.add(
              new Difference(0, why, "sent by psql: " + query.statement()));
        }
      }
      return new Outcome(ours, sent.size(), differential.equal, differential.differences);
    } catch (MigrationException e) {
      int line = e.position().map(p -> lines.originalLine(p.line())).orElse(0);
      return new Outcome(
          List.of(),
          sent.size(),
          0,
          List.of(new Difference(line, null, e.getMessage() + "\n" + around(lines.text(), e))));
    }
  }

  /** Why psql sends this of itself, wherever it stands, or {@code null}. */
  private static @Nullable String whyOfItself(Sent query) {
    if (query.bare().endsWith(" pg_psql_temporary_savepoint")) {
      return "sent for ON_ERROR_ROLLBACK";
    }
    return query.bare().matches("(FETCH FORWARD \\d+ FROM|CLOSE) _psql_cursor")
        ? "sent for FETCH_COUNT"
        : null;
  }

  private static String around(String text, MigrationException refusal) {
    int line = refusal.position().map(SourcePosition::line).orElse(1);
    List<String> all = text.lines().toList();
    return String.join("\n", all.subList(Math.max(0, line - 4), Math.min(all.size(), line + 2)));
  }

  private static List<Sent> notEmpty(List<Sent> all) {
    return all.stream().filter(query -> !query.isEmpty()).toList();
  }

  /** Walks the longest common subsequence of the two, and explains what lies between. */
  private void align() {
    int n = ours.size();
    int m = sent.size();
    int[][] common = new int[n + 1][m + 1];
    for (int i = n - 1; i >= 0; i--) {
      for (int j = m - 1; j >= 0; j--) {
        common[i][j] =
            same(i, j) ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    int fromOurs = 0;
    int fromSent = 0;
    while (i < n && j < m) {
      if (same(i, j)) {
        explain(fromOurs, i, fromSent, j);
        if (equal(i, j)) {
          compareData(i, j);
          equal++;
        } else {
          add(i, "variable of psql", sent.get(j).statement());
        }
        i++;
        j++;
        fromOurs = i;
        fromSent = j;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    explain(fromOurs, n, fromSent, m);
  }

  private boolean same(int i, int j) {
    return !batched.contains(i) && equal(i, j) || !isOnlyVariable(i) && isVariable(i, j);
  }

  private boolean equal(int i, int j) {
    return texts.get(i).equals(bare.get(j)) || texts.get(i).equals(whole.get(j));
  }

  private boolean isOnlyVariable(int i) {
    return texts.get(i).startsWith(":") && VARIABLE.matcher(texts.get(i)).matches();
  }

  private void compareData(int i, int j) {
    String data = ScriptText.copyData(ours.get(i));
    String theirs = sent.get(j).data();
    // A COPY that the server refused has no data for psql; the lines behind it were compared as
    // SQL.
    if (!Objects.equals(data, theirs) && !(theirs == null && "".equals(data))) {
      add(i, null, "data: " + data + "\npsql sends: " + theirs);
    }
  }

  private void explain(int i, int toOurs, int j, int toSent) {
    int[] at = {i, j};
    while (at[0] < toOurs && at[1] < toSent) {
      if (!pair(at, toOurs, toSent)) {
        if (!isOfItself(at[1])) {
          break;
        }
        String begin = sent.get(at[1]++).statement();
        add(at[0], OF_ITSELF, "sent by psql: " + begin);
      }
    }
    // From the other end, as a command may have sent something between.
    int endOurs = toOurs;
    int endSent = toSent;
    while (endOurs > at[0] && endSent > at[1] && isVariable(endOurs - 1, endSent - 1)) {
      endOurs--;
      endSent--;
      add(endOurs, "variable of psql", sent.get(endSent).statement());
    }
    for (int k = at[0]; k < endOurs; k++) {
      add(k, whyNotSent(k), "not sent by psql: " + ours.get(k).text());
    }
    for (int k = at[1]; k < endSent; k++) {
      String why = isOfItself(k) ? OF_ITSELF : whySent(i, toOurs);
      int line = i < ours.size() ? line(i) : 0;
      differences.add(new Difference(line, why, "sent by psql: " + sent.get(k).statement()));
    }
  }

  /** Takes one query of psql that is one statement with variables, or several statements joined by {@code \;}. */
  private boolean pair(int[] at, int toOurs, int toSent) {
    if (!isOnlyVariable(at[0]) && isVariable(at[0], at[1])) {
      add(at[0], "variable of psql", sent.get(at[1]).statement());
      at[0]++;
      at[1]++;
      return true;
    }
    if (isOnlyVariable(at[0])) {
      // Its value may be several statements: all that psql sends before the next statement that is
      // known.
      boolean last = at[0] + 1 == toOurs;
      for (int k = at[1]; k < (last ? toSent : at[1] + 1); k++) {
        add(at[0], "variable of psql", sent.get(k).statement());
      }
      at[0]++;
      at[1] = last ? toSent : at[1] + 1;
      return true;
    }
    return batched.contains(at[0]) && joined(at, toOurs);
  }

  private boolean joined(int[] at, int toOurs) {
    String whole = sent.get(at[1]).statement();
    StringBuilder joined = new StringBuilder();
    for (int k = at[0]; k < toOurs; k++) {
      joined.append(joined.isEmpty() ? "" : BETWEEN).append(pattern(ours.get(k).text()));
      if (k > at[0] && Pattern.compile(joined + "[\\s;]*+").matcher(whole).matches()) {
        for (int l = at[0]; l <= k; l++) {
          add(l, "joined by \\;", whole);
        }
        at[0] = k + 1;
        at[1]++;
        return true;
      }
    }
    return false;
  }

  /** Whether the text is what psql sent, with something in the place of each variable. */
  private boolean isVariable(int i, int j) {
    List<String> fixed = parts.computeIfAbsent(i, k -> List.of(VARIABLE.split(texts.get(k), -1)));
    if (fixed.size() < 2) {
      return false;
    }
    String whole = bare.get(j);
    if (!whole.startsWith(fixed.get(0))) {
      return false;
    }
    int at = fixed.get(0).length();
    for (String part : fixed.subList(1, fixed.size() - 1)) {
      int found = whole.indexOf(part, at);
      if (found < 0) {
        return false;
      }
      at = found + part.length();
    }
    String last = fixed.get(fixed.size() - 1);
    return whole.length() - last.length() >= at && whole.endsWith(last);
  }

  private static String pattern(String text) {
    StringBuilder pattern = new StringBuilder();
    var variable = VARIABLE.matcher(text);
    int from = 0;
    while (variable.find()) {
      pattern.append(Pattern.quote(text.substring(from, variable.start()))).append("[^;]{0,200}?");
      from = variable.end();
    }
    return pattern.append(Pattern.quote(text.substring(from))).toString();
  }

  private @Nullable String whyNotSent(int k) {
    int line = line(k);
    int last = line + ours.get(k).text().split("\n", -1).length - 1;
    if (lines.cuts().stream().anyMatch(cut -> cut.line() >= line && cut.line() < last)) {
      return "a command of psql within the statement";
    }
    for (Cut cut : lines.cuts()) {
      if (cut.line() <= line && LEAVES.matcher(cut.command()).matches()) {
        return "behind " + firstLine(cut.command());
      }
    }
    return lines.cuts().stream()
                .anyMatch(cut -> cut.line() <= line && cut.command().startsWith("\\if"))
            && lines.cuts().stream()
                .anyMatch(cut -> cut.line() >= line && cut.command().startsWith("\\endif"))
        ? "within \\if"
        : null;
  }

  private boolean isOfItself(int k) {
    return bare.get(k).matches("BEGIN|COMMIT")
        && lines.cuts().stream()
            .anyMatch(cut -> cut.command().matches("(?s).*(FETCH_COUNT|AUTOCOMMIT).*"));
  }

  /** The command between two statements that agree, which asks the server itself. */
  private @Nullable String whySent(int from, int to) {
    int first = from == 0 ? 0 : line(from - 1);
    int last = to < ours.size() ? line(to) : Integer.MAX_VALUE;
    return lines.cuts().stream()
        .filter(cut -> cut.line() >= first && cut.line() <= last)
        .filter(cut ->
            cut.command().startsWith("\\") && !CONDITION.matcher(cut.command()).matches())
        .filter(cut -> !cut.command().startsWith("\\;"))
        .findFirst()
        .map(cut -> "sent by " + cut.command().split("\\s", 2)[0])
        .orElse(null);
  }

  private int line(int i) {
    return lines.originalLine(ours.get(i).position().line());
  }

  private void add(int i, @Nullable String reason, String detail) {
    differences.add(new Difference(line(i), reason, detail));
  }

  static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
