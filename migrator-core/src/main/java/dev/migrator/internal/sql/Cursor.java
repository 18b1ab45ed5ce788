package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Clause;
import dev.migrator.internal.sql.structure.Fragment;
import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.sql.structure.ObjectReference;
import dev.migrator.internal.sql.structure.ObjectType;
import dev.migrator.internal.sql.structure.TableTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads a statement's tokens from left to right; what it is asked for and does not find is {@link Unrecognised}. */
final class Cursor {
  private final String text;
  private final List<Token> tokens;
  private final Token end;
  private int at;

  Cursor(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
    int length = text.length();
    this.end = new Token(Token.Type.SYMBOL, "", length, length);
  }

  String text() {
    return text;
  }

  int at() {
    return at;
  }

  void back(int to) {
    at = to;
  }

  boolean atEnd() {
    return at >= tokens.size();
  }

  int size() {
    return tokens.size();
  }

  /** A token from here; one that is nothing beyond the end. */
  Token peek(int ahead) {
    int index = at + ahead;
    return index >= 0 && index < tokens.size() ? tokens.get(index) : end;
  }

  Token next() {
    if (atEnd()) {
      throw unrecognised();
    }
    return tokens.get(at++);
  }

  int offset() {
    return peek(0).start();
  }

  Unrecognised unrecognised() {
    return new Unrecognised();
  }

  boolean is(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  boolean isAny(Set<String> words) {
    return peek(0).type() == Token.Type.WORD && words.contains(peek(0).text());
  }

  boolean isSymbol(char symbol) {
    return peek(0).isSymbol(symbol);
  }

  boolean accept(String... words) {
    if (!is(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  /** Adds the clause when its words come next. */
  boolean accept(Set<Clause> into, Clause clause, String... words) {
    boolean there = accept(words);
    if (there) {
      into.add(clause);
    }
    return there;
  }

  boolean acceptSymbol(char symbol) {
    boolean there = isSymbol(symbol);
    at += there ? 1 : 0;
    return there;
  }

  void expect(String... words) {
    if (!accept(words)) {
      throw unrecognised();
    }
  }

  void expectSymbol(char symbol) {
    if (!acceptSymbol(symbol)) {
      throw unrecognised();
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw unrecognised();
    }
  }

  void behaviour(Set<Clause> into) {
    if (!accept(into, Clause.CASCADE, "CASCADE")) {
      accept(into, Clause.RESTRICT, "RESTRICT");
    }
  }

  /** A table behind ONLY, which may put it in parentheses, or before an asterisk. */
  TableTarget target() {
    if (accept("ONLY")) {
      boolean inParentheses = acceptSymbol('(');
      ObjectName name = objectName();
      if (inParentheses) {
        expectSymbol(')');
      }
      return new TableTarget(name, TableTarget.Scope.ITSELF);
    }
    ObjectName name = objectName();
    acceptSymbol('*');
    return new TableTarget(name, TableTarget.Scope.WITH_DESCENDANTS);
  }

  boolean isName() {
    Token token = peek(0);
    return token.type() == Token.Type.WORD || token.type() == Token.Type.QUOTED_IDENTIFIER;
  }

  Name name() {
    if (!isName()) {
      throw unrecognised();
    }
    Token token = next();
    char escape = '\\';
    if (is("UESCAPE") && peek(1).type() == Token.Type.STRING && peek(1).text().length() == 1) {
      escape = peek(1).text().charAt(0);
      at += 2;
    }
    return new Name(Spelling.identifier(text, token, escape), token.start());
  }

  @Nullable
  Name nameIfAny() {
    return isName() ? name() : null;
  }

  ObjectName objectName() {
    List<Name> parts = parts();
    return last(parts, 0);
  }

  /** {@code column}, {@code table.column}, {@code schema.table.column}. */
  ObjectReference columnReference() {
    List<Name> parts = parts();
    Name column = parts.get(parts.size() - 1);
    return new ObjectReference(
        ObjectType.COLUMN,
        new ObjectName(null, column.text(), column.offset()),
        null,
        parts.size() > 1 ? last(parts, 1) : null);
  }

  private List<Name> parts() {
    List<Name> parts = new ArrayList<>();
    parts.add(name());
    while (isSymbol('.')) {
      at++;
      parts.add(name());
    }
    return parts;
  }

  private static ObjectName last(List<Name> parts, int without) {
    int last = parts.size() - 1 - without;
    return last == 0
        ? new ObjectName(
            null, parts.get(0).text(), parts.get(Math.max(0, last - 1)).offset())
        : new ObjectName(
            parts.get(last - 1).text(),
            parts.get(last).text(),
            parts.get(Math.max(0, last - 1)).offset());
  }

  /** An operator's name: symbols that stand together, behind a schema perhaps. */
  ObjectName operatorName() {
    int offset = offset();
    Name schema = isName() ? name() : null;
    if (schema != null) {
      expectSymbol('.');
    }
    int from = at;
    while (peek(0).type() == Token.Type.OPERATOR) {
      at++;
    }
    if (from == at) {
      throw unrecognised();
    }
    return new ObjectName(schema == null ? null : schema.text(), fragment(from).text(), offset);
  }

  /** A list with commas between, of one entry at least. */
  <T> List<T> list(Supplier<T> entry) {
    List<T> entries = new ArrayList<>();
    do {
      entries.add(entry.get());
    } while (acceptSymbol(','));
    return entries;
  }

  /** {@code (a, b)}. */
  List<Name> names() {
    expectSymbol('(');
    List<Name> names = list(this::name);
    expectSymbol(')');
    return names;
  }

  /** From a parenthesis to the one that closes it. */
  Fragment parenthesised() {
    int from = at;
    expectSymbol('(');
    skipTo(Set.of(), false);
    expectSymbol(')');
    return fragment(from);
  }

  /** One token of any kind. */
  Fragment one() {
    int from = at;
    next();
    return fragment(from);
  }

  /** The string that comes next, as a value. */
  String string() {
    if (peek(0).type() != Token.Type.STRING) {
      throw unrecognised();
    }
    return Spelling.string(text, next());
  }

  /** What the script writes between a token and here. */
  Fragment fragment(int from) {
    if (from >= at) {
      throw unrecognised();
    }
    int start = tokens.get(from).start();
    return new Fragment(text.substring(start, tokens.get(at - 1).end()), start);
  }

  /** Everything up to one of the words, a comma or the parenthesis that closes: something at least. */
  Fragment until(String... words) {
    int from = at;
    skipTo(Set.of(words), true);
    return fragment(from);
  }

  /** Everything up to the end. */
  Fragment rest() {
    int from = at;
    at = tokens.size();
    return fragment(from);
  }

  @Nullable
  Fragment restIfAny() {
    return atEnd() ? null : rest();
  }

  /**
   * Goes forward to one of the words, to the parenthesis that closes, or to a comma if asked; none of them counts within
   * parentheses or CASE, and no word does behind a period.
   */
  void skipTo(Set<String> words, boolean comma) {
    int depth = 0;
    while (!atEnd()) {
      Token token = peek(0);
      if (token.isSymbol('(') || token.isSymbol('[') || startsCase(token)) {
        depth++;
      } else if (depth > 0 && (token.isSymbol(')') || token.isSymbol(']') || endsCase(token))) {
        depth--;
      } else if (depth == 0
          && (token.isSymbol(')') || token.isSymbol(']') || comma && token.isSymbol(','))) {
        return;
      } else if (depth == 0 && isAny(words) && !peek(-1).isSymbol('.')) {
        return;
      }
      at++;
    }
  }

  private boolean startsCase(Token token) {
    return token.isWord("CASE") && !peek(-1).isSymbol('.') && !peek(-1).isWord("AS");
  }

  private boolean endsCase(Token token) {
    return token.isWord("END") && !peek(-1).isSymbol('.') && !peek(-1).isWord("AS");
  }

  String word() {
    if (peek(0).type() != Token.Type.WORD) {
      throw unrecognised();
    }
    return next().text();
  }

  String lowerWord() {
    return word().toLowerCase(Locale.ROOT);
  }
}
