package dev.migrator.report;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One object of a schema, with everything that makes it what it is.
 *
 * @param kind its kind
 * @param parent the table, view or type that it is part of, for example {@code public.orders}; empty when it stands alone
 * @param name its name, quoted where SQL needs it: with its schema ({@code public.orders}, {@code public.total(integer)})
 *     when it stands alone, without where it has a parent ({@code note})
 * @param attributes what is not as a bare definition would make it, by name; ordered by code point
 */
public record SchemaObject(
    SchemaObjectKind kind, String parent, String name, SortedMap<String, String> attributes)
    implements Comparable<SchemaObject> {

  /** One and the same for all, so that sorted attributes are copied without being sorted again. */
  private static final Comparator<String> BY_CODE_POINT = SchemaObject::byCodePoint;

  /** Keeps a copy. */
  public SchemaObject {
    attributes = copy(attributes);
  }

  /** An object of attributes in any order. */
  public static SchemaObject of(
      SchemaObjectKind kind, String parent, String name, Map<String, String> attributes) {
    return new SchemaObject(kind, parent, name, copy(attributes));
  }

  /** Its name with its parent's: {@code public.orders.note}. Two objects of one kind never share it. */
  public String identity() {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  /** The same object as a flavour shows it. */
  public SchemaObject as(SchemaFlavour flavour) {
    if (flavour == SchemaFlavour.STRICT || attributes.keySet().stream().allMatch(flavour::shows)) {
      return this;
    }
    SortedMap<String, String> shown = new TreeMap<>(BY_CODE_POINT);
    attributes.forEach((attribute, value) -> {
      if (flavour.shows(attribute)) {
        shown.put(attribute, value);
      }
    });
    return new SchemaObject(kind, parent, name, shown);
  }

  /**
   * The canonical text: a line that names it, then a line for each attribute. A value's further lines are indented deeper,
   * so that no two different objects have the same text.
   */
  public String text() {
    StringBuilder text = new StringBuilder(64 + 32 * attributes.size());
    appendTo(text);
    return text.toString();
  }

  /** Appends the canonical text. */
  void appendTo(StringBuilder text) {
    text.append(kind.words()).append(' ').append(indented(identity())).append('\n');
    attributes.forEach((attribute, value) ->
        text.append("  ").append(attribute).append(": ").append(indented(value)).append('\n'));
  }

  /** What belongs together stands together: a table before its columns, then the next table. */
  @Override
  public int compareTo(SchemaObject other) {
    int order = byCodePoint(
        parent.isEmpty() ? name : parent, other.parent.isEmpty() ? other.name : other.parent);
    if (order == 0) {
      order = Boolean.compare(!parent.isEmpty(), !other.parent.isEmpty());
    }
    if (order == 0) {
      order = kind.compareTo(other.kind);
    }
    return order == 0 ? byCodePoint(name, other.name) : order;
  }

  private static String indented(String value) {
    return value.indexOf('\n') < 0 ? value : value.replace("\n", "\n    ");
  }

  private static SortedMap<String, String> copy(Map<String, String> attributes) {
    SortedMap<String, String> copy = new TreeMap<>(BY_CODE_POINT);
    copy.putAll(attributes);
    return Collections.unmodifiableSortedMap(copy);
  }

  /** Not {@link String#compareTo}: that compares halves of surrogate pairs. */
  static int byCodePoint(String left, String right) {
    if (left.equals(right)) {
      return 0;
    }
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean oneSurrogate = Character.isSurrogate(a) != Character.isSurrogate(b);
        return oneSurrogate ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
      }
    }
    return Integer.compare(left.length(), right.length());
  }
}
