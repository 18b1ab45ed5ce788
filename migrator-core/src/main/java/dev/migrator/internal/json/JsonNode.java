package dev.migrator.internal.json;

import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value with its place.
 *
 * @param value a {@code Map<String, JsonNode>}, {@code List<JsonNode>}, {@code String} or {@code Boolean}; of a number its text;
 *     {@code null} of null
 */
public record JsonNode(
    JsonReader reader, Kind kind, @Nullable Object value, int line, int lineStart, int at) {

  /** The members of an object. */
  @SuppressWarnings("unchecked") // The kind tells.
  public Map<String, JsonNode> members() {
    return (Map<String, JsonNode>) as(Kind.OBJECT);
  }

  /** The elements of an array. */
  @SuppressWarnings("unchecked") // The kind tells.
  public List<JsonNode> elements() {
    return (List<JsonNode>) as(Kind.ARRAY);
  }

  public String string() {
    return (String) as(Kind.STRING);
  }

  /** The number as it is written. */
  public String number() {
    return (String) as(Kind.NUMBER);
  }

  /** The member of an object, which must be there. */
  public JsonNode member(String name) {
    JsonNode member = members().get(name);
    if (member == null) {
      throw wrong("this object has no \"" + name + "\".");
    }
    return member;
  }

  public SourcePosition position() {
    return reader.position(line, lineStart, at);
  }

  public MigrationException wrong(String problem) {
    return reader.wrong(position(), problem);
  }

  private Object as(Kind wanted) {
    if (kind != wanted || value == null) {
      throw wrong("here stands " + kind.words + " where " + wanted.words + " is expected.");
    }
    return value;
  }

  /** What JSON knows. */
  public enum Kind {
    OBJECT("an object"),
    ARRAY("an array"),
    STRING("a string"),
    NUMBER("a number"),
    TRUE_OR_FALSE("true or false"),
    NULL("null");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }
}
