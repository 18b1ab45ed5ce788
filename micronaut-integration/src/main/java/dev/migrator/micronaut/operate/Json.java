package dev.migrator.micronaut.operate;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON text (RFC 8259) of maps, collections, texts, numbers, truth values and nothing; keys keep their order. */
public final class Json {

  /** A JSON text that is taken over as it is. */
  public record Verbatim(String text) {}

  private Json() {}

  /** The text of a value. */
  public static String of(@Nullable Object value) {
    StringBuilder text = new StringBuilder(512);
    append(text, value);
    return text.toString();
  }

  private static void append(StringBuilder text, @Nullable Object value) {
    if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof Verbatim verbatim) {
      text.append(verbatim.text().strip());
    } else if (value instanceof Map<?, ?> map) {
      text.append('{');
      String separator = "";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator);
        string(text, entry.getKey().toString());
        text.append(": ");
        append(text, entry.getValue());
        separator = ", ";
      }
      text.append('}');
    } else if (value instanceof Collection<?> all) {
      text.append('[');
      String separator = "";
      for (Object one : all) {
        text.append(separator);
        append(text, one);
        separator = ", ";
      }
      text.append(']');
    } else {
      string(text, value.toString());
    }
  }

  /** Everything but plain ASCII is escaped, so that no reader can take a piece of it for something else. */
  private static void string(StringBuilder text, String value) {
    text.append('"');
    value.chars().forEach(c -> {
      if (c == '"' || c == '\\') {
        text.append('\\').append((char) c);
      } else if (c < ' ' || c > '~' || c == '<' || c == '>' || c == '&') {
        text.append(String.format(Locale.ROOT, "\\u%04x", c));
      } else {
        text.append((char) c);
      }
    });
    text.append('"');
  }
}
