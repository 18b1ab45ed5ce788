package dev.migrator.internal.execute;

import dev.migrator.internal.jdbc.ServerError;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.sql.BodyLines;
import dev.migrator.internal.sql.CopyRows;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in its script a statement failed. The server tells it in one of three ways: a position in the statement; a line of
 * COPY data; or, for an error while code runs, a line of a function's body. The last two are in its CONTEXT lines, whose
 * words depend on the server's language, so only what no translation changes is looked for.
 *
 * @param position the place
 * @param excerpt the line, with a caret under the place; empty for a line of data, which may be a secret
 */
record ErrorPlace(SourcePosition position, String excerpt) {

  /** Behind the table's name: {@code , line 3, column amount: "x"}. */
  private static final Pattern COPY_LINE = Pattern.compile(", \\D*(\\d+)");

  /** {@code PL/pgSQL function inline_code_block line 3 at RAISE}, {@code PL/pgSQL function pay(integer) line 3 at RAISE}. */
  private static final Pattern CODE_LINE = Pattern.compile(
      "^PL/pgSQL\\b.*?(inline_code_block|[^\\s\"]+(?=\\()|\"(?:[^\"]|\"\")+\"(?=\\())(?:\\(.*?\\))?\\D+(\\d+)");

  static ErrorPlace of(ServerError error, Statement statement, Step step) {
    return inCode(error, statement, step)
        .or(() -> inCopy(error, statement))
        .orElseGet(() ->
            new ErrorPlace(statement.at(error.position()), statement.excerpt(error.position())));
  }

  private static Optional<ErrorPlace> inCopy(ServerError error, Statement statement) {
    CopyRows rows = statement.copyData();
    if (rows == null || error.where() == null) {
      return Optional.empty();
    }
    String begin = "COPY " + rows.table();
    Optional<String> context =
        error.where().lines().filter(line -> line.startsWith(begin)).findFirst();
    if (context.isEmpty()) {
      return Optional.empty();
    }
    Matcher line =
        COPY_LINE.matcher(context.get()).region(begin.length(), context.get().length());
    if (!line.lookingAt() || line.group(1).length() > 9) {
      return Optional.empty();
    }
    SourcePosition first = rows.position();
    int at = first.line() + Integer.parseInt(line.group(1)) - 1;
    return Optional.of(new ErrorPlace(new SourcePosition(first.script(), at, 1), ""));
  }

  /** The innermost line of code that this script holds. */
  private static Optional<ErrorPlace> inCode(ServerError error, Statement statement, Step step) {
    if (error.position() > 0 || error.where() == null) {
      return Optional.empty();
    }
    List<Statement> statements = step.work().statements();
    List<Statement> until = statements.subList(0, statements.indexOf(statement) + 1);
    for (String context : error.where().lines().toList()) {
      Matcher code = CODE_LINE.matcher(context);
      if (code.find() && code.group(2).length() < 10) {
        Optional<BodyLines.Place> place =
            BodyLines.find(until, code.group(1), Integer.parseInt(code.group(2)));
        if (place.isPresent()) {
          return place.map(p -> new ErrorPlace(p.position(), p.excerpt()));
        }
      }
    }
    return Optional.empty();
  }
}
