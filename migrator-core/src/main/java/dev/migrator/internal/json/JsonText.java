package dev.migrator.internal.json;

import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes one JSON object (RFC 8259), indented, keys in the order in which they are put. Every key is always there; what is
 * unknown is {@code null}, so that a reader need not ask whether a key exists.
 */
public final class JsonText {

  /** The version of the documents' form: it grows when a key goes or changes its meaning, not when one comes. */
  public static final int FORMAT = 1;

  private final StringBuilder text = new StringBuilder(512);
  private int depth;
  private boolean empty = true;

  private JsonText() {}

  /** A document: the object and a newline. */
  public static String object(Consumer<JsonText> content) {
    JsonText json = new JsonText();
    json.braces(content);
    return json.text.append('\n').toString();
  }

  /**
   * A document that programs read: the keys {@code type} and {@code formatVersion}, then the content, and a newline.
   *
   * @param type what the document is
   */
  public static String document(String type, Consumer<JsonText> content) {
    return object(json -> content.accept(json.put("type", type).put("formatVersion", FORMAT)));
  }

  public JsonText put(String key, @Nullable String value) {
    key(key);
    if (value == null) {
      text.append("null");
    } else {
      string(value);
    }
    return this;
  }

  public JsonText put(String key, @Nullable Long value) {
    key(key);
    text.append(value);
    return this;
  }

  public JsonText put(String key, int value) {
    return put(key, Long.valueOf(value));
  }

  public JsonText put(String key, boolean value) {
    key(key);
    text.append(value);
    return this;
  }

  public JsonText strings(String key, List<String> values) {
    return array(key, values, this::string);
  }

  public <T> JsonText objects(String key, List<T> values, BiConsumer<JsonText, T> content) {
    return array(key, values, value -> braces(json -> content.accept(json, value)));
  }

  /** An object of its own, or {@code null}. */
  public <T> JsonText object(String key, @Nullable T value, BiConsumer<JsonText, T> content) {
    if (value == null) {
      return put(key, (String) null);
    }
    key(key);
    braces(json -> content.accept(json, value));
    return this;
  }

  private <T> JsonText array(String key, List<T> values, Consumer<T> element) {
    key(key);
    text.append('[');
    depth++;
    empty = true;
    for (T value : values) {
      next();
      element.accept(value);
      empty = false;
    }
    close(']');
    return this;
  }

  private void braces(Consumer<JsonText> content) {
    text.append('{');
    depth++;
    empty = true;
    content.accept(this);
    close('}');
  }

  private void close(char bracket) {
    depth--;
    if (!empty) {
      newLine();
    }
    text.append(bracket);
    empty = false;
  }

  private void key(String key) {
    next();
    string(key);
    text.append(": ");
  }

  private void next() {
    if (!empty) {
      text.append(',');
    }
    newLine();
    empty = false;
  }

  private void newLine() {
    text.append('\n').append("  ".repeat(depth));
  }

  private void string(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (mustEscape(value, i)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }

  /** Control characters; the two line ends that only Unicode has; and half a surrogate pair, which no encoding can hold. */
  private static boolean mustEscape(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(value.charAt(index - 1));
    }
    return c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029;
  }
}
