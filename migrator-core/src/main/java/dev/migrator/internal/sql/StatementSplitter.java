package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/**
 * Divides a script into statements where psql would: at semicolons outside quotes, comments, parentheses and the bodies of
 * SQL-standard functions (PostgreSQL manual, 4.1 and the psql reference page).
 */
final class StatementSplitter {

  /** Enough for every clause that the engine looks at; a COPY may name 1,600 columns. */
  private static final int TOKENS_KEPT = 4_000;

  private final String script;
  private final String text;
  private final List<Statement> statements = new ArrayList<>();

  private int at;
  /** The first character of the current statement, or -1 between statements. */
  private int start = -1;

  private final List<Token> tokens = new ArrayList<>();
  private int tokenStart;
  private int parentheses;
  private int atomicDepth;
  private boolean standardStrings = true;

  // Lines are counted as the statements begin, so that the whole script is walked once.
  private int countedTo;
  private int line = 1;
  private int lineStart;

  private StatementSplitter(String script, String text) {
    this.script = script;
    this.text = text;
  }

  /**
   * The statements of a script, in order.
   *
   * @param script the script's name, for positions
   * @param text its content, without a byte order mark
   * @throws MigrationException {@code SCRIPT_UNREADABLE} when a quote or comment does not end, or for a psql command
   */
  static List<Statement> split(String script, String text) {
    StatementSplitter splitter = new StatementSplitter(script, text);
    splitter.run();
    return splitter.statements;
  }

  private void run() {
    while (at < text.length()) {
      step(text.charAt(at));
    }
    endStatement(text.length());
  }

  private void step(char c) {
    if (isSpace(c)) {
      at++;
    } else if (c == '-' && next() == '-') {
      at = endOfLine(at);
    } else if (c == '/' && next() == '*') {
      blockComment();
    } else if (c == '\\') {
      psqlCommand();
    } else if (c == ';' && parentheses == 0 && atomicDepth == 0) {
      int end = at;
      at++;
      endStatement(end);
    } else {
      if (start < 0) {
        start = at;
      }
      token(c);
    }
  }

  private void token(char c) {
    tokenStart = at;
    if (c == '\'') {
      keep(Token.Type.STRING, string(!standardStrings));
    } else if (c == '"') {
      keep(Token.Type.QUOTED_IDENTIFIER, quotedIdentifier());
    } else if (c == '$') {
      dollar();
    } else if (isIdentifierStart(c)) {
      word();
    } else if (c >= '0' && c <= '9') {
      number();
    } else {
      symbol(c);
    }
  }

  private void symbol(char c) {
    if (c == '(') {
      parentheses++;
    } else if (c == ')' && parentheses > 0) {
      parentheses--;
    }
    at++;
    boolean operator = "+-*/<>=~!@#%^&|`?".indexOf(c) >= 0;
    keep(operator ? Token.Type.OPERATOR : Token.Type.SYMBOL, String.valueOf(c));
  }

  private void word() {
    int from = at;
    int end = from + 1;
    while (end < text.length() && isIdentifierPart(text.charAt(end))) {
      end++;
    }
    at = end;
    char after = end < text.length() ? text.charAt(end) : '\0';
    if (end - from == 1 && after == '\'' && "eEbBxXnN".indexOf(text.charAt(from)) >= 0) {
      boolean escapes = text.charAt(from) == 'e' || text.charAt(from) == 'E';
      boolean national = text.charAt(from) == 'n' || text.charAt(from) == 'N';
      keep(Token.Type.STRING, string(escapes || (national && !standardStrings)));
    } else if (end - from == 1
        && after == '&'
        && (text.charAt(from) == 'u' || text.charAt(from) == 'U')
        && end + 1 < text.length()
        && (text.charAt(end + 1) == '\'' || text.charAt(end + 1) == '"')) {
      at = end + 1;
      if (text.charAt(at) == '"') {
        keep(Token.Type.QUOTED_IDENTIFIER, quotedIdentifier());
      } else {
        keep(Token.Type.STRING, string(false));
      }
    } else {
      Token word = Token.word(text.substring(from, end), from - start);
      trackAtomicBody(word);
      keep(word);
    }
  }

  /** Inside {@code CREATE FUNCTION ... BEGIN ATOMIC ... END} a semicolon ends a statement of the body only. */
  private void trackAtomicBody(Token word) {
    if (parentheses > 0) {
      return;
    }
    if (atomicDepth == 0) {
      if (word.isWord("ATOMIC")
          && !tokens.isEmpty()
          && last().isWord("BEGIN")
          && createsRoutine()) {
        atomicDepth = 1;
      }
    } else if (word.isWord("CASE")) {
      atomicDepth++;
    } else if (word.isWord("END")) {
      atomicDepth--;
    }
  }

  private boolean createsRoutine() {
    if (!tokens.get(0).isWord("CREATE")) {
      return false;
    }
    int i =
        tokens.size() > 2 && tokens.get(1).isWord("OR") && tokens.get(2).isWord("REPLACE") ? 3 : 1;
    return tokens.size() > i
        && (tokens.get(i).isWord("FUNCTION") || tokens.get(i).isWord("PROCEDURE"));
  }

  private void number() {
    int end = at + 1;
    while (end < text.length()
        && (isIdentifierPart(text.charAt(end)) && text.charAt(end) != '$'
            || text.charAt(end) == '.')) {
      end++;
    }
    String number = text.substring(at, end);
    at = end;
    keep(Token.Type.NUMBER, number);
  }

  /** A dollar quote, a parameter such as {@code $1}, or a lone dollar sign. */
  private void dollar() {
    int end = at + 1;
    if (end < text.length() && isIdentifierStart(text.charAt(end))) {
      end++;
      while (end < text.length() && isIdentifierPart(text.charAt(end)) && text.charAt(end) != '$') {
        end++;
      }
    }
    if (end < text.length() && text.charAt(end) == '$') {
      String delimiter = text.substring(at, end + 1);
      int close = text.indexOf(delimiter, end + 1);
      if (close < 0) {
        throw unreadable(
            at,
            "the dollar quote " + delimiter + " does not end.",
            "write " + delimiter + " where the text ends.");
      }
      at = close + delimiter.length();
      keep(Token.Type.STRING, tokens.size() < TOKENS_KEPT ? text.substring(end + 1, close) : "");
      return;
    }
    end = at + 1;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    String parameter = text.substring(at, end);
    at = end;
    keep(parameter.length() > 1 ? Token.Type.PARAMETER : Token.Type.SYMBOL, parameter);
  }

  /** A string from its quote on, with the parts that continue it on later lines (PostgreSQL manual, 4.1.2.1). */
  private String string(boolean backslashEscapes) {
    int opened = at;
    int i = at + 1;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\' && backslashEscapes) {
        i += 2;
      } else if (c == '\'') {
        if (i + 1 < text.length() && text.charAt(i + 1) == '\'') {
          i += 2;
        } else {
          int continued = continuation(i + 1);
          if (continued < 0) {
            at = i + 1;
            return text.substring(opened + 1, i);
          }
          i = continued + 1;
        }
      } else {
        i++;
      }
    }
    throw unreadable(opened, "the string does not end.", "write a ' where the string ends.");
  }

  /** The quote that continues a string after white space with a newline in it, or -1. Line comments may stand between. */
  private int continuation(int from) {
    boolean newline = false;
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        newline = true;
        i++;
      } else if (isSpace(c)) {
        i++;
      } else if (c == '-' && i + 1 < text.length() && text.charAt(i + 1) == '-') {
        i = endOfLine(i);
      } else {
        return c == '\'' && newline ? i : -1;
      }
    }
    return -1;
  }

  private String quotedIdentifier() {
    int opened = at;
    int i = at + 1;
    while (i < text.length()) {
      if (text.charAt(i) != '"') {
        i++;
      } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
        i += 2;
      } else {
        at = i + 1;
        return text.substring(opened + 1, i).replace("\"\"", "\"");
      }
    }
    throw unreadable(
        opened, "the quoted identifier does not end.", "write a \" where the identifier ends.");
  }

  private void blockComment() {
    int opened = at;
    int depth = 1;
    int i = at + 2;
    while (i < text.length()) {
      if (text.startsWith("/*", i)) {
        depth++;
        i += 2;
      } else if (text.startsWith("*/", i)) {
        depth--;
        i += 2;
        if (depth == 0) {
          at = i;
          return;
        }
      } else {
        i++;
      }
    }
    throw unreadable(opened, "the comment does not end.", "write */ where it ends; comments nest.");
  }

  /** pg_dump frames its output with restrict and unrestrict commands, which ask psql for what does not concern us. */
  private void psqlCommand() {
    int end = at + 1;
    while (end < text.length() && !isSpace(text.charAt(end))) {
      end++;
    }
    String command = text.substring(at, end);
    if (start >= 0 || !(command.equals("\\restrict") || command.equals("\\unrestrict"))) {
      throw unreadable(
          at,
          "'" + command + "' is a command of psql, not SQL.",
          "remove the line, or write what it does in SQL.");
    }
    at = endOfLine(at);
  }

  private void endStatement(int end) {
    if (start >= 0) {
      SourcePosition position = position(start);
      Classifier.Verdict verdict = Classifier.classify(tokens);
      standardStrings = Classifier.standardConformingStrings(tokens, standardStrings);
      String copyData = verdict.kind() == StatementKind.COPY_FROM_STDIN ? copyData() : null;
      statements.add(new Statement(
          text.substring(start, end).stripTrailing(),
          position,
          verdict.kind(),
          verdict.touchesSession(),
          verdict.settings(),
          verdict.refusal(),
          copyData));
    }
    start = -1;
    tokens.clear();
    parentheses = 0;
    atomicDepth = 0;
  }

  /** The lines after the COPY, up to a line that is only {@code \.} or the end of the script. */
  private String copyData() {
    refuseSqlBeforeData();
    int from = nextLine(at);
    int i = from;
    while (i < text.length()) {
      if (endOfLine(i) == i + 2 && text.startsWith("\\.", i)) {
        at = nextLine(i);
        return text.substring(from, i);
      }
      i = nextLine(i);
    }
    at = text.length();
    return text.substring(from);
  }

  /** The data begin on the next line; psql would run what stands between after them, where nobody expects it. */
  private void refuseSqlBeforeData() {
    for (int i = at; i < endOfLine(at); i++) {
      if (text.startsWith("--", i)) {
        return;
      }
      if (!isSpace(text.charAt(i))) {
        throw unreadable(
            i,
            "there is something between COPY ... FROM STDIN and its data.",
            "move it behind the data.");
      }
    }
  }

  private void keep(Token.Type type, String content) {
    keep(new Token(type, content, tokenStart - start, at - start));
  }

  private void keep(Token token) {
    if (tokens.size() < TOKENS_KEPT) {
      tokens.add(token);
    }
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  private char next() {
    return at + 1 < text.length() ? text.charAt(at + 1) : '\0';
  }

  /** The character that ends the line, or the end of the text; PostgreSQL ends a line at a carriage return too. */
  private int endOfLine(int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** Where the next line begins. */
  private int nextLine(int from) {
    int end = endOfLine(from);
    return end + 1 < text.length() && text.charAt(end) == '\r' && text.charAt(end + 1) == '\n'
        ? end + 2
        : Math.min(end + 1, text.length());
  }

  private SourcePosition position(int offset) {
    while (countedTo < offset) {
      int next = nextLine(countedTo);
      if (next > offset || endOfLine(countedTo) == text.length()) {
        break;
      }
      line++;
      lineStart = next;
      countedTo = next;
    }
    return new SourcePosition(script, line, text.codePointCount(lineStart, offset) + 1);
  }

  private MigrationException unreadable(int offset, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_UNREADABLE, problem)
        .at(position(offset))
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0x0B;
  }

  /** Letters of any alphabet and the underscore: to PostgreSQL, every character beyond ASCII is one. */
  private static boolean isIdentifierStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean isIdentifierPart(char c) {
    return isIdentifierStart(c) || c >= '0' && c <= '9' || c == '$';
  }
}
