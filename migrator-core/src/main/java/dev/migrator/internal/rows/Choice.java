package dev.migrator.internal.rows;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Columns whose values depend on one another, with sets of values that go together.
 *
 * @param columns the columns
 * @param rows the sets of values, each in the order of the columns; those first that one would like best
 */
record Choice(List<String> columns, List<List<@Nullable String>> rows) {

  /** One of the sets; numbers beyond the last begin again. */
  List<@Nullable String> row(int number) {
    return rows.get(number % rows.size());
  }
}
