package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;

/**
 * Takes a script apart into lexical elements, as chapter 4.1 of the PostgreSQL manual describes them: one at a time, each
 * from {@link #from()} to {@link #to()}.
 */
final class Lexer {

  /** What {@link #next} found. */
  enum Element {
    SPACE,
    LINE_COMMENT,
    BLOCK_COMMENT,
    /** A backslash where no SQL has one: psql takes what follows as a command of its own. */
    BACKSLASH,
    WORD,
    QUOTED_IDENTIFIER,
    STRING,
    /** A string between dollar signs. */
    DOLLAR_QUOTE,
    NUMBER,
    PARAMETER,
    OPERATOR,
    SYMBOL,
    END
  }

  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

  private final ScriptBytes bytes;
  private boolean standardStrings;
  private int from;
  private int at;
  private int contentFrom;
  private int contentTo;
  /** Up to here there are only signs, each an operator by itself. */
  private int signsTo;

  /**
   * A lexer.
   *
   * @param standardStrings whether a backslash in an ordinary string is only a backslash
   */
  Lexer(ScriptBytes bytes, boolean standardStrings) {
    this.bytes = bytes;
    this.standardStrings = standardStrings;
  }

  void standardStrings(boolean value) {
    standardStrings = value;
  }

  /** Where the element begins. */
  int from() {
    return from;
  }

  /** Where it ends, and the next one begins. */
  int to() {
    return at;
  }

  /** Where the content of a quoted element begins. */
  int contentFrom() {
    return contentFrom;
  }

  /** Where the content of a quoted element ends. */
  int contentTo() {
    return contentTo;
  }

  /** Goes on from another place. */
  void moveTo(int index) {
    at = index;
    signsTo = index;
  }

  Element next() {
    from = at;
    int c = bytes.at(at);
    if (c == ScriptBytes.END) {
      return Element.END;
    } else if (isSpace(c)) {
      return space();
    } else if (isIdentifierStart(c)) {
      return word(c);
    } else if (isDigit(c)) {
      return number();
    }
    return switch (c) {
      case '\'' -> string(!standardStrings);
      case '"' -> quotedIdentifier();
      case '$' -> dollar();
      case '\\' -> single(Element.BACKSLASH);
      case '-' -> bytes.at(at + 1) == '-' ? lineComment() : operator();
      case '/' -> bytes.at(at + 1) == '*' ? blockComment() : operator();
      default -> OPERATOR_CHARACTERS.indexOf(c) >= 0 ? operator() : single(Element.SYMBOL);
    };
  }

  private Element single(Element element) {
    at++;
    return element;
  }

  private Element space() {
    do {
      at++;
    } while (isSpace(bytes.at(at)));
    return Element.SPACE;
  }

  private Element lineComment() {
    at = bytes.endOfLine(at);
    return Element.LINE_COMMENT;
  }

  private Element blockComment() {
    int depth = 1;
    at += 2;
    while (depth > 0) {
      int c = bytes.at(at);
      if (c == ScriptBytes.END) {
        throw unfinished("the comment does not end.", "write */ where it ends; comments nest.");
      } else if (c == '/' && bytes.at(at + 1) == '*') {
        depth++;
        at += 2;
      } else if (c == '*' && bytes.at(at + 1) == '/') {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return Element.BLOCK_COMMENT;
  }

  /**
   * The longest run of operator characters that holds no beginning of a comment; it ends in + or - only when it is that
   * alone or has one of the characters that no operator of the SQL standard has (PostgreSQL manual, 4.1.3).
   */
  private Element operator() {
    if (at < signsTo) {
      at++;
      return Element.OPERATOR;
    }
    int end = at;
    boolean ours = false;
    for (int c = bytes.at(end); c >= 0 && OPERATOR_CHARACTERS.indexOf(c) >= 0; c = bytes.at(end)) {
      if (end > at
          && (c == '-' && bytes.at(end + 1) == '-' || c == '/' && bytes.at(end + 1) == '*')) {
        break;
      }
      ours |= "~!@#%^&|`?".indexOf(c) >= 0;
      end++;
    }
    int whole = end;
    while (!ours && end > at + 1 && (bytes.at(end - 1) == '+' || bytes.at(end - 1) == '-')) {
      end--;
    }
    // What was cut off are signs, and each of them is an operator by itself.
    signsTo = whole;
    at = end;
    return Element.OPERATOR;
  }

  private Element word(int first) {
    at++;
    while (isIdentifierPart(bytes.at(at))) {
      at++;
    }
    int after = bytes.at(at);
    if (at - from > 1 || after != '\'' && after != '&') {
      return Element.WORD;
    }
    if (after == '\'') {
      switch (first) {
        case 'e', 'E' -> {
          return string(true);
        }
        case 'b', 'B', 'x', 'X' -> {
          return string(false);
        }
        case 'n', 'N' -> {
          return string(!standardStrings);
        }
        default -> {
          return Element.WORD;
        }
      }
    }
    int quote = bytes.at(at + 1);
    if ((first == 'u' || first == 'U') && (quote == '\'' || quote == '"')) {
      at++;
      return quote == '"' ? quotedIdentifier() : string(false);
    }
    return Element.WORD;
  }

  private Element number() {
    at++;
    int c = bytes.at(at);
    while (isIdentifierPart(c) && c != '$' || c == '.' && bytes.at(at + 1) != '.') {
      at++;
      c = bytes.at(at);
    }
    return Element.NUMBER;
  }

  /** A dollar quote, a parameter such as {@code $1}, or a lone dollar sign. */
  private Element dollar() {
    int end = at + 1;
    if (isIdentifierStart(bytes.at(end))) {
      do {
        end++;
      } while (isIdentifierPart(bytes.at(end)) && bytes.at(end) != '$');
    }
    if (bytes.at(end) == '$') {
      end++;
      int close = bytes.indexOf(at, end, end);
      if (close < 0) {
        String delimiter = bytes.text(at, end);
        throw unfinished(
            "the dollar quote " + delimiter + " does not end.",
            "write " + delimiter + " where the text ends.");
      }
      contentFrom = end;
      contentTo = close;
      at = close + end - at;
      return Element.DOLLAR_QUOTE;
    }
    at++;
    while (isDigit(bytes.at(at))) {
      at++;
    }
    return at - from > 1 ? Element.PARAMETER : Element.SYMBOL;
  }

  /** A string from its quote on, with the parts that continue it on later lines (PostgreSQL manual, 4.1.2.1). */
  private Element string(boolean backslashEscapes) {
    contentFrom = at + 1;
    int i = at + 1;
    while (true) {
      int c = bytes.at(i);
      if (c == ScriptBytes.END) {
        throw unfinished("the string does not end.", "write a ' where the string ends.");
      } else if (c == '\\' && backslashEscapes && bytes.at(i + 1) != ScriptBytes.END) {
        i += 2;
      } else if (c != '\'') {
        i++;
      } else if (bytes.at(i + 1) == '\'') {
        i += 2;
      } else {
        int continued = continuation(i + 1);
        if (continued < 0) {
          contentTo = i;
          at = i + 1;
          return Element.STRING;
        }
        i = continued + 1;
      }
    }
  }

  /** The quote that continues a string after white space with a line end in it, or -1. Line comments may stand between. */
  private int continuation(int after) {
    boolean lineEnd = false;
    int i = after;
    while (true) {
      int c = bytes.at(i);
      if (c == '\n' || c == '\r') {
        lineEnd = true;
        i++;
      } else if (isSpace(c)) {
        i++;
      } else if (c == '-' && bytes.at(i + 1) == '-') {
        i = bytes.endOfLine(i);
      } else {
        return c == '\'' && lineEnd ? i : -1;
      }
    }
  }

  private Element quotedIdentifier() {
    contentFrom = at + 1;
    int i = at + 1;
    while (true) {
      int c = bytes.at(i);
      if (c == ScriptBytes.END) {
        throw unfinished(
            "the quoted identifier does not end.", "write a \" where the identifier ends.");
      } else if (c != '"') {
        i++;
      } else if (bytes.at(i + 1) == '"') {
        i += 2;
      } else {
        contentTo = i;
        at = i + 1;
        return Element.QUOTED_IDENTIFIER;
      }
    }
  }

  private MigrationException unfinished(String problem, String advice) {
    return unreadable(from, problem, advice);
  }

  MigrationException unreadable(int index, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_UNREADABLE, problem)
        .at(bytes.position(index))
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }

  static boolean isSpace(int c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Letters of any alphabet and the underscore: to PostgreSQL, every byte beyond ASCII is part of one. */
  private static boolean isIdentifierStart(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
  }

  private static boolean isIdentifierPart(int c) {
    return isIdentifierStart(c) || isDigit(c) || c == '$';
  }
}
