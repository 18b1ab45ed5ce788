package dev.migrator.internal.rows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a table held, as hashes.
 *
 * @param oid its oid: what was renamed is still the same table
 * @param table its name
 * @param rows how many rows
 * @param hashes the hashes of the rows; {@code null} when not all columns asked for were there
 * @param columns each column's content, by name
 */
record TableContent(
    long oid,
    TableName table,
    long rows,
    @Nullable String hashes,
    Map<String, ColumnContent> columns) {

  /** What the server writes in front of the hashes when it writes each one, not their sum. */
  private static final char EACH = '{';

  /**
   * What a column held.
   *
   * @param number its number in the catalog: what was renamed is still the same column
   * @param values how many values that are not NULL
   * @param hashes the hashes of the values, ordered, or their sum where there are many
   */
  record ColumnContent(int number, long values, String hashes) {}

  /** Keeps a copy. */
  TableContent {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** Whether it has a column of this name, or had it under another. */
  boolean knows(String name, ColumnContent column, boolean sameTable) {
    return columns.containsKey(name)
        || sameTable && columns.values().stream().anyMatch(c -> c.number() == column.number());
  }

  @Nullable
  ColumnContent column(@Nullable String name) {
    return name == null ? null : columns.get(name);
  }

  /** What is lost since, in the same columns. */
  List<DataLoss> losses(@Nullable TableContent after) {
    if (after == null) {
      return rows == 0 ? List.of() : List.of(loss(null, rows, rows, DataLoss.Sort.GONE));
    }
    List<DataLoss> losses = new ArrayList<>();
    long fewer = Math.max(0, rows - after.rows());
    if (fewer > 0) {
      losses.add(loss(null, fewer, rows, DataLoss.Sort.ROWS_LOST));
    }
    boolean columnsLost = false;
    for (Map.Entry<String, ColumnContent> column : columns.entrySet()) {
      ColumnContent now = after.columns().get(column.getKey());
      DataLoss loss = lossOf(column.getKey(), column.getValue(), now, fewer);
      if (loss != null) {
        columnsLost = true;
        losses.add(loss);
      }
    }
    String now = after.hashes();
    if (!columnsLost && hashes != null && now != null) {
      long lost = missing(hashes, now, rows >= after.rows());
      if (lost > fewer || lost < 0 && fewer == 0) {
        List<DataLoss> filled = filled(after);
        losses.addAll(
            filled.isEmpty() ? List.of(loss(null, lost, rows, DataLoss.Sort.MIXED)) : filled);
      }
    }
    return losses;
  }

  /** Whether nobody can tell what became of what it held: there is more by now, and of many rows only sums are known. */
  boolean isUntold(@Nullable TableContent after) {
    return rows > 0
        && after != null
        && (areUntold(hashes, after.hashes(), rows == after.rows())
            || columns.entrySet().stream().anyMatch(column -> {
              ColumnContent before = column.getValue();
              ColumnContent now = after.columns().get(column.getKey());
              return now != null
                  && before.values() > 0
                  && areUntold(before.hashes(), now.hashes(), before.values() == now.values());
            }));
  }

  private static boolean areUntold(
      @Nullable String before, @Nullable String after, boolean sumsAgree) {
    return before != null && after != null && !sumsAgree && !(areEach(before) && areEach(after));
  }

  private static boolean areEach(String hashes) {
    return !hashes.isEmpty() && hashes.charAt(0) == EACH;
  }

  private List<DataLoss> filled(TableContent after) {
    List<DataLoss> losses = new ArrayList<>();
    columns.forEach((name, before) -> {
      ColumnContent now = after.columns().get(name);
      if (rows == after.rows() && now != null && now.values() > before.values()) {
        losses.add(loss(name, now.values() - before.values(), rows, DataLoss.Sort.FILLED));
      }
    });
    return losses;
  }

  private @Nullable DataLoss lossOf(
      String name, ColumnContent before, @Nullable ColumnContent now, long rowsLost) {
    if (now == null) {
      return before.values() == 0
          ? null
          : loss(name, before.values(), before.values(), DataLoss.Sort.GONE);
    }
    long emptied = before.values() - now.values();
    if (emptied > rowsLost) {
      return loss(name, emptied, before.values(), DataLoss.Sort.EMPTIED);
    }
    long missing = missing(before.hashes(), now.hashes(), before.values() == now.values());
    return missing > rowsLost || missing < 0 && rowsLost == 0
        ? loss(name, missing, rows, DataLoss.Sort.CHANGED)
        : null;
  }

  private DataLoss loss(@Nullable String column, long lost, long of, DataLoss.Sort sort) {
    return new DataLoss(table, column, lost, of, sort);
  }

  /**
   * How many of the hashes are not there any more; -1 when some are and nobody can tell how many.
   *
   * @param sumsMustAgree whether sums can be compared: both are of as many hashes
   */
  private static long missing(String before, String after, boolean sumsMustAgree) {
    if (before.equals(after)) {
      return 0;
    }
    if (!areEach(before) || !areEach(after)) {
      return sumsMustAgree ? -1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    for (String hash : split(after)) {
      left.merge(hash, 1, Integer::sum);
    }
    long missing = 0;
    for (String hash : split(before)) {
      int count = left.getOrDefault(hash, 0);
      missing += count > 0 ? 0 : 1;
      left.put(hash, count - 1);
    }
    return missing;
  }

  private static String[] split(String array) {
    String inner = array.substring(1, array.length() - 1);
    return inner.isEmpty() ? new String[0] : inner.split(",");
  }
}
