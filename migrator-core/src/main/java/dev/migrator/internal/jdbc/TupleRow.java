package dev.migrator.internal.jdbc;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Field;
import org.postgresql.core.Tuple;

/** A row as the server sent it, every column in text format. It stands at one row after the other. */
final class TupleRow implements Row {

  private final List<String> labels;
  private @Nullable Tuple tuple;

  TupleRow(Field[] fields) {
    this.labels = Arrays.stream(fields).map(Field::getColumnLabel).toList();
  }

  TupleRow at(Tuple next) {
    tuple = next;
    return this;
  }

  @Override
  public byte @Nullable [] bytes(int column) {
    return Objects.requireNonNull(tuple).get(column - 1);
  }

  @Override
  public @Nullable String textOrNull(int column) {
    byte[] value = bytes(column);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
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

  @Override
  public List<String> labels() {
    return labels;
  }
}
