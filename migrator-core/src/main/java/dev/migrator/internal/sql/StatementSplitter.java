package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Lexer.Element;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Divides a script into statements where psql would: at semicolons outside quotes, comments, parentheses and the bodies of
 * SQL-standard functions (PostgreSQL manual, 4.1 and the psql reference page).
 */
final class StatementSplitter {

  private static final String BREAKPOINT = "--> statement-breakpoint";

  private final SecondReading reading;
  private final ScriptBytes bytes;
  private final Lexer lexer;
  private final StandardStrings strings;
  private final Conservation conservation;
  private final ReadingRules rules;
  private final DirectiveReader directives;
  private final List<Statement> statements = new ArrayList<>();

  /** Where the current statement begins, or -1 between statements. */
  private int start = -1;
  /** Asked for as it begins: positions can only be asked for in the order of the script. */
  private SourcePosition position = new SourcePosition("", 1, 1);
  /** The bytes before it that belong to no statement. */
  private int leftOutFrom;

  private final Tokens tokens;
  private final AtomicBody body;
  private int parentheses;
  /** What stopped it before the end; {@code null} unless that was a command of psql. */
  private @Nullable MigrationException psql;

  private StatementSplitter(
      ScriptBytes bytes, ScriptContent content, ReadingRules rules, boolean standardStrings) {
    this.reading = new SecondReading(content);
    this.rules = rules;
    this.bytes = bytes;
    this.strings = new StandardStrings(standardStrings);
    this.lexer = new Lexer(bytes, standardStrings);
    this.conservation = new Conservation(bytes);
    this.tokens = new Tokens(bytes);
    this.body = new AtomicBody(bytes, lexer);
    this.directives = new DirectiveReader();
  }

  /**
   * What a script holds.
   *
   * @param statements its statements, in order
   * @param directives what its comments ask of the engine
   * @param refusal the command of psql where reading stopped; {@code null} when all of it was read
   */
  record Result(
      List<Statement> statements,
      Directives directives,
      @Nullable MigrationException refusal) {}

  /** The statements of a script that is at hand as a text. */
  static List<Statement> split(String script, String text) {
    return split(script, ScriptContent.of(text), ReadingRules.PLAIN).statements();
  }

  /** The statements of a text that should be one. */
  static List<Statement> one(String text, boolean standardStrings) {
    StatementSplitter splitter = new StatementSplitter(
        ScriptBytes.of(text), ScriptContent.of(""), ReadingRules.PLAIN, standardStrings);
    splitter.run();
    return splitter.statements;
  }

  /**
   * Reads a script.
   *
   * @param script its name, for positions
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when a quote or comment does not end, for a psql command, for a
   *     directive that does not exist, and for what is not UTF-8
   */
  static Result split(String script, ScriptContent content, ReadingRules rules) {
    Result result = upToPsql(script, content, rules);
    if (result.refusal() != null) {
      throw result.refusal();
    }
    return result;
  }

  /**
   * Reads a script, at most up to a command of psql.
   *
   * @throws MigrationException as {@link #split(String, ScriptContent, ReadingRules)}, but for that command
   */
  static Result upToPsql(String script, ScriptContent content, ReadingRules rules) {
    try (InputStream in = content.open()) {
      StatementSplitter splitter = new StatementSplitter(
          new ScriptBytes(script, in, rules.firstLine()), content, rules, true);
      try {
        splitter.run();
      } catch (MigrationException e) {
        if (splitter.psql == null) {
          throw e;
        }
      }
      return new Result(splitter.statements, splitter.directives.directives(), splitter.psql);
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.SCRIPT_UNREADABLE, script + " cannot be read: " + e.getMessage())
          .done("nothing was run.", List.of())
          .cause(e)
          .build();
    }
  }

  private void run() {
    Element element = lexer.next();
    while (element != Element.END) {
      step(element);
      element = lexer.next();
    }
    endStatement(lexer.from());
    conservation.leftOut(leftOutFrom, lexer.to());
    conservation.complete(lexer.to());
  }

  private void step(Element element) {
    switch (element) {
      case SPACE, BLOCK_COMMENT -> {}
      case LINE_COMMENT -> lineComment();
      case BACKSLASH -> psqlCommand();
      default -> {
        boolean symbol = element == Element.SYMBOL;
        if (symbol && bytes.at(lexer.from()) == ';' && parentheses == 0 && !body.isOpen()) {
          endStatement(lexer.from());
        } else {
          token(element);
        }
      }
    }
  }

  private void lineComment() {
    if (rules.breakpoints() && isBreakpoint()) {
      endStatement(lexer.from());
    } else if (directives.concerns(bytes, lexer.from() + 2)) {
      directives.comment(bytes.text(lexer.from() + 2, lexer.to()), bytes.position(lexer.from()));
    }
  }

  private boolean isBreakpoint() {
    return bytes.startsWith(BREAKPOINT, lexer.from())
        && bytes.text(lexer.from(), lexer.to()).strip().equals(BREAKPOINT);
  }

  private void token(Element element) {
    if (start < 0) {
      start = lexer.from();
      position = bytes.position(start);
    }
    if (element == Element.SYMBOL) {
      int c = bytes.at(lexer.from());
      parentheses = Math.max(0, parentheses + (c == '(' ? 1 : c == ')' ? -1 : 0));
    }
    tokens.add(lexer, element, start);
    body.next(tokens, element, parentheses == 0);
  }

  private void psqlCommand() {
    int endOfLine = bytes.endOfLine(lexer.from());
    String line = bytes.text(lexer.from(), endOfLine);
    if (start >= 0 || !PsqlLine.isSkipped(line)) {
      String command = PsqlLine.command(line);
      psql = lexer.unreadable(
          lexer.from(),
          "'" + command + "' is a command of psql, not SQL.",
          PsqlLine.advice(command));
      throw psql;
    }
    lexer.moveTo(endOfLine);
  }

  private void endStatement(int end) {
    if (start >= 0) {
      int last = end;
      while (Lexer.isSpace(bytes.at(last - 1))) {
        last--;
      }
      conservation.leftOut(leftOutFrom, start);
      conservation.used(start, last);
      Statement statement = statement(last);
      discard(last);
      statements.add(
          statement.kind() == StatementKind.COPY_FROM_STDIN
              ? statement.with(copyData(statement))
              : statement);
    }
    start = -1;
    tokens.clear();
    parentheses = 0;
    body.endStatement();
  }

  private Statement statement(int last) {
    String text = bytes.text(start, last);
    boolean standard = strings.now();
    Expansion expansion = Expansion.of(text, rules, standard, position);
    List<Token> read =
        expansion == null ? tokens.within(text) : Tokens.of(expansion.sql(), standard);
    strings.after(read);
    lexer.standardStrings(strings.now());
    return Statement.of(text, expansion, position, bytes.position(last), standard, read);
  }

  /** The window begins where the statement ended: what follows it comes with the next one. */
  private void discard(int count) {
    bytes.discard(count);
    lexer.moveTo(lexer.to() - count);
    leftOutFrom = 0;
  }

  private CopyRows copyData(Statement statement) {
    CopyRows rows = new CopyLines(reading, bytes, lexer, conservation).read(statement, leftOutFrom);
    leftOutFrom = 0;
    return rows;
  }
}
