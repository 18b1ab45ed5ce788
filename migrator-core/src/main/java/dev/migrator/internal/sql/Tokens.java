package dev.migrator.internal.sql;

import dev.migrator.internal.sql.Lexer.Element;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of a statement, as its elements come along. */
final class Tokens {

  /** Enough for every clause that the engine looks at; a COPY may name 1,600 columns. */
  private static final int KEPT = 4_000;

  private final ScriptBytes bytes;
  private final List<Token> kept = new ArrayList<>();

  Tokens(ScriptBytes bytes) {
    this.bytes = bytes;
  }

  /**
   * The tokens of one statement by itself.
   *
   * @param standardStrings whether a backslash in an ordinary string is only a backslash
   */
  static List<Token> of(String statement, boolean standardStrings) {
    ScriptBytes bytes = ScriptBytes.of(statement);
    Lexer lexer = new Lexer(bytes, standardStrings);
    Tokens tokens = new Tokens(bytes);
    for (Element element = lexer.next(); element != Element.END; element = lexer.next()) {
      tokens.add(lexer, element, 0);
    }
    return tokens.within(statement);
  }

  boolean isFull() {
    return kept.size() >= KEPT;
  }

  int size() {
    return kept.size();
  }

  Token get(int index) {
    return kept.get(index);
  }

  @Nullable
  Token last() {
    return kept.isEmpty() ? null : kept.get(kept.size() - 1);
  }

  void clear() {
    kept.clear();
  }

  /**
   * Takes the element that the lexer has just read, unless it is none of SQL.
   *
   * @param start where the statement begins
   */
  void add(Lexer lexer, Element element, int start) {
    Token.Type type = switch (element) {
      case WORD -> Token.Type.WORD;
      case QUOTED_IDENTIFIER -> Token.Type.QUOTED_IDENTIFIER;
      case STRING, DOLLAR_QUOTE -> Token.Type.STRING;
      case NUMBER -> Token.Type.NUMBER;
      case PARAMETER -> Token.Type.PARAMETER;
      case OPERATOR -> Token.Type.OPERATOR;
      case SYMBOL, BACKSLASH -> Token.Type.SYMBOL;
      case SPACE, LINE_COMMENT, BLOCK_COMMENT, END -> null;
    };
    if (type == null || isFull()) {
      return;
    }
    int from = lexer.from() - start;
    int to = lexer.to() - start;
    kept.add(
        switch (type) {
          case WORD -> Token.word(bytes.text(lexer.from(), lexer.to()), from, to);
          case QUOTED_IDENTIFIER -> new Token(type, content(lexer).replace("\"\"", "\""), from, to);
          case STRING -> new Token(type, content(lexer), from, to);
          default -> new Token(type, bytes.text(lexer.from(), lexer.to()), from, to);
        });
  }

  private String content(Lexer lexer) {
    return bytes.text(lexer.contentFrom(), lexer.contentTo());
  }

  /** The tokens, their places in characters of the statement's text. */
  List<Token> within(String statement) {
    byte[] utf8 = statement.getBytes(StandardCharsets.UTF_8);
    if (utf8.length == statement.length()) {
      return kept;
    }
    List<Token> moved = new ArrayList<>(kept.size());
    int atByte = 0;
    int atCharacter = 0;
    for (Token token : kept) {
      int start = atCharacter + characters(utf8, atByte, token.start());
      int end = start + characters(utf8, token.start(), token.end());
      moved.add(new Token(token.type(), token.text(), start, end));
      atByte = token.end();
      atCharacter = end;
    }
    return moved;
  }

  /** How many UTF-16 units the bytes are: one for each first byte, and a second one for those of four bytes. */
  private static int characters(byte[] utf8, int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      int b = utf8[i] & 0xFF;
      count += b >= 0xF0 ? 2 : (b & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
  }
}
