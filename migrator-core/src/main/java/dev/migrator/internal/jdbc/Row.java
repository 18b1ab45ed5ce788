package dev.migrator.internal.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a result, its columns counted from 1. */
public interface Row {

  /**
   * A column's text.
   *
   * @throws IllegalStateException when it is NULL
   */
  default String text(int column) {
    String value = textOrNull(column);
    if (value == null) {
      throw new IllegalStateException("column " + column + " is NULL");
    }
    return value;
  }

  /** A column's text, or {@code null} where it is NULL. */
  @Nullable
  String textOrNull(int column);

  /** A column's text in UTF-8, or {@code null} where it is NULL; of thousands of rows cheaper than the text. */
  default byte @Nullable [] bytes(int column) {
    String value = textOrNull(column);
    return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
  }

  /** A column's number; 0 where it is NULL. */
  long number(int column);

  /** A column's truth; false where it is NULL. */
  boolean flag(int column);

  /** The names of the columns, as the query gave them; the same list for every row. */
  List<String> labels();
}
