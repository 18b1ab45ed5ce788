package dev.migrator.internal.jdbc;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row at which a driver's result set stands; a wrong column is a defect of ours, so it is not a checked exception. */
final class ResultRow implements Row {

  private final ResultSet rows;
  private @Nullable List<String> labels;

  ResultRow(ResultSet rows) {
    this.rows = rows;
  }

  @Override
  public @Nullable String textOrNull(int column) {
    try {
      return rows.getString(column);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    }
  }

  /** The driver hands over what the server has sent, as it is. */
  @Override
  public byte @Nullable [] bytes(int column) {
    try {
      return rows.getBytes(column);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    }
  }

  @Override
  public long number(int column) {
    try {
      return rows.getLong(column);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    }
  }

  @Override
  public boolean flag(int column) {
    try {
      return rows.getBoolean(column);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    }
  }

  @Override
  public List<String> labels() {
    List<String> known = labels;
    if (known == null) {
      known = readLabels();
      labels = known;
    }
    return known;
  }

  private List<String> readLabels() {
    try {
      ResultSetMetaData columns = rows.getMetaData();
      List<String> read = new ArrayList<>();
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        read.add(columns.getColumnLabel(column));
      }
      return List.copyOf(read);
    } catch (SQLException e) {
      throw new CommandFailedException(0, ServerError.of(e));
    }
  }
}
