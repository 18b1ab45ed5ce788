package dev.migrator.internal.json;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON (RFC 8259) and nothing more lenient: no comments, no trailing commas, no key twice. Linear in the length of
 * the text.
 */
public final class JsonReader {

  /** Deeper than any file of ours, and shallow enough for the stack. */
  private static final int MAX_DEPTH = 100;

  private final String file;
  private final String text;
  private final FailureCode code;
  private int at;
  private int line = 1;
  private int lineStart;
  private int depth;

  private JsonReader(String file, String text, FailureCode code) {
    this.file = file;
    this.text = text;
    this.code = code;
  }

  /**
   * The value that a text is.
   *
   * @param file names it in a failure
   * @param code what a text is reported as that is no JSON, or not what its reader expects
   * @throws MigrationException with that code, and the place where it stops being JSON
   */
  public static JsonNode read(String file, String text, FailureCode code) {
    JsonReader reader = new JsonReader(file, text, code);
    reader.skipSpace();
    JsonNode node = reader.value();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected("the end of the file");
    }
    return node;
  }

  private JsonNode value() {
    int start = at;
    int startLine = line;
    int startOfLine = lineStart;
    char c = peek();
    JsonNode.Kind kind;
    Object value;
    if (c == '{') {
      kind = JsonNode.Kind.OBJECT;
      value = object();
    } else if (c == '[') {
      kind = JsonNode.Kind.ARRAY;
      value = array();
    } else if (c == '"') {
      kind = JsonNode.Kind.STRING;
      value = string();
    } else if (c == '-' || isDigit(c)) {
      kind = JsonNode.Kind.NUMBER;
      value = number();
    } else if (c == 't' || c == 'f') {
      kind = JsonNode.Kind.TRUE_OR_FALSE;
      word(c == 't' ? "true" : "false");
      value = c == 't';
    } else {
      kind = JsonNode.Kind.NULL;
      word("null");
      value = null;
    }
    return new JsonNode(this, kind, value, startLine, startOfLine, start);
  }

  private Map<String, JsonNode> object() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    enter();
    if (!close('}')) {
      do {
        skipSpace();
        int ofLine = line;
        int startOfLine = lineStart;
        int start = at;
        if (peek() != '"') {
          throw unexpected("a name in quotes");
        }
        String name = string();
        skipSpace();
        expect(':');
        skipSpace();
        if (members.put(name, value()) != null) {
          // Counting the column takes as long as the line is; only an error is worth it.
          throw wrong(
              position(ofLine, startOfLine, start),
              "\"" + name + "\" stands twice in this object.");
        }
      } while (another('}'));
    }
    return members;
  }

  private List<JsonNode> array() {
    List<JsonNode> elements = new ArrayList<>();
    enter();
    if (!close(']')) {
      do {
        skipSpace();
        elements.add(value());
      } while (another(']'));
    }
    return elements;
  }

  private void enter() {
    if (++depth > MAX_DEPTH) {
      throw wrong(
          position(line, lineStart, at), "it is nested more than " + MAX_DEPTH + " levels deep.");
    }
    at++;
  }

  private boolean close(char end) {
    skipSpace();
    if (peek() != end) {
      return false;
    }
    at++;
    depth--;
    return true;
  }

  private boolean another(char end) {
    if (close(end)) {
      return false;
    }
    if (peek() != ',') {
      throw unexpected("',' or '" + end + "'");
    }
    at++;
    return true;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    at++;
    while (peek() != '"') {
      char c = peek();
      if (at >= text.length() || c < ' ') {
        throw unexpected("the end of a string");
      }
      at++;
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    int simple = "\"\\/bfnrt".indexOf(c);
    if (simple >= 0 && at < text.length()) {
      at++;
      return "\"\\/\b\f\n\r\t".charAt(simple);
    }
    if (c != 'u') {
      throw unexpected("one of \" \\ / b f n r t u after a backslash");
    }
    at++;
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw unexpected("four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private String number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    return text.substring(start, at);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw unexpected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  private void word(String word) {
    if (!text.startsWith(word, at)) {
      throw unexpected("a value");
    }
    at += word.length();
  }

  private void expect(char c) {
    if (peek() != c) {
      throw unexpected("'" + c + "'");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        line++;
        lineStart = at + 1;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  SourcePosition position(int ofLine, int startOfLine, int offset) {
    return new SourcePosition(file, ofLine, text.codePointCount(startOfLine, offset) + 1);
  }

  private MigrationException unexpected(String expected) {
    return wrong(
        position(line, lineStart, at), "this is no JSON: " + expected + " is expected here.");
  }

  MigrationException wrong(SourcePosition position, String problem) {
    return MigrationException.because(code, problem)
        .at(position)
        .done("nothing was run.", List.of())
        .advice("correct the file.")
        .build();
  }
}
