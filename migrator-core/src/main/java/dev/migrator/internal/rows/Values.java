package dev.migrator.internal.rows;

import dev.migrator.internal.rows.ValueType.Fields;
import dev.migrator.internal.rows.ValueType.Labels;
import dev.migrator.internal.rows.ValueType.Many;
import dev.migrator.internal.rows.ValueType.Range;
import dev.migrator.internal.rows.ValueType.Restricted;
import dev.migrator.internal.rows.ValueType.Scalar;
import java.util.List;
import java.util.stream.Collectors;

/** Values of any type, as texts that the type reads. */
final class Values {

  private Values() {}

  /** An ordinary value; other numbers give other values where the type has them. */
  static String plain(ValueType type, int n) {
    if (type.shape() instanceof Scalar) {
      return ScalarValues.plain(type, n);
    } else if (type.shape() instanceof Labels labels) {
      return labels.labels().isEmpty()
          ? ""
          : labels.labels().get(n % labels.labels().size());
    } else if (type.shape() instanceof Many many) {
      return array(many, List.of(plain(many.element(), n)));
    } else if (type.shape() instanceof Fields fields) {
      return row(fields.fields().stream().map(field -> plain(field, n)).toList());
    } else if (type.shape() instanceof Range range) {
      // Apart from each other, since ranges are often forbidden to overlap.
      String one = "[" + quoted(plain(range.bound(), 10 * n)) + ","
          + quoted(plain(range.bound(), 10 * n + 5)) + ")";
      return range.many() ? "{" + one + "}" : one;
    }
    return plain(((Restricted) type.shape()).base(), n);
  }

  /** An ordinary value; a text of a kind where the type takes any text. */
  static String plain(ValueType type, int n, TextSort sort) {
    return switch (type.base().name()) {
      case "text", "citext", "name", "varchar", "bpchar" -> ScalarValues.text(type.base(), n, sort);
      default -> plain(type, n);
    };
  }

  /** A value with as much in it as the type keeps. */
  static String edge(ValueType type) {
    if (type.shape() instanceof Scalar) {
      return ScalarValues.edge(type);
    } else if (type.shape() instanceof Labels labels) {
      return plain(type, labels.labels().size() - 1);
    } else if (type.shape() instanceof Many many) {
      return array(
          many, List.of(edge(many.element()), plain(many.element(), 2), edge(many.element())));
    } else if (type.shape() instanceof Fields fields) {
      return row(fields.fields().stream().map(Values::edge).toList());
    } else if (type.shape() instanceof Range range) {
      String one = "[" + quoted(plain(range.bound(), 9000)) + ",)";
      return range.many() ? "{" + one + "}" : one;
    }
    return edge(((Restricted) type.shape()).base());
  }

  /** A value with as little in it as the type allows, or below zero. */
  static String low(ValueType type) {
    if (type.shape() instanceof Scalar) {
      return ScalarValues.low(type);
    } else if (type.shape() instanceof Labels) {
      return plain(type, 0);
    } else if (type.shape() instanceof Many) {
      return "{}";
    } else if (type.shape() instanceof Fields fields) {
      return row(fields.fields().stream().map(Values::low).toList());
    } else if (type.shape() instanceof Range range) {
      return range.many() ? "{}" : "empty";
    }
    return low(((Restricted) type.shape()).base());
  }

  /** An array of these elements (PostgreSQL manual, 8.15.2). */
  static String array(Many type, List<String> elements) {
    // Boxes have commas in them, and are the one type that is told apart by another character.
    String delimiter = type.element().base().name().equals("box") ? ";" : ",";
    return elements.stream().map(Values::quoted).collect(Collectors.joining(delimiter, "{", "}"));
  }

  private static String row(List<String> fields) {
    return fields.stream().map(Values::quoted).collect(Collectors.joining(",", "(", ")"));
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
