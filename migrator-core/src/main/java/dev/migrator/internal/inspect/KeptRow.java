package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row that outlives its query. */
record KeptRow(List<@Nullable String> values, List<String> labels) implements Row {

  static KeptRow of(Row row) {
    List<@Nullable String> values = new ArrayList<>();
    for (int column = 1; column <= row.labels().size(); column++) {
      values.add(row.textOrNull(column));
    }
    return new KeptRow(Collections.unmodifiableList(values), row.labels());
  }

  /** A row of these values; its columns have no names. */
  static KeptRow of(@Nullable String... values) {
    return new KeptRow(
        Collections.<@Nullable String>unmodifiableList(Arrays.<@Nullable String>asList(values)),
        Collections.nCopies(values.length, ""));
  }

  @Override
  public @Nullable String textOrNull(int column) {
    return values.get(column - 1);
  }

  @Override
  public long number(int column) {
    String value = textOrNull(column);
    return value == null ? 0 : Long.parseLong(value);
  }

  @Override
  public boolean flag(int column) {
    return "t".equals(textOrNull(column));
  }
}
