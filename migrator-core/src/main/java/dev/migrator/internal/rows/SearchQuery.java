package dev.migrator.internal.rows;

import dev.migrator.internal.rows.Table.Check;
import dev.migrator.internal.rows.Table.Column;
import dev.migrator.internal.rows.Table.ForeignKey;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The queries by which the server says which values meet a table's conditions.
 *
 * <p>Constants stand in their text: the conditions in it may hold what looks like a parameter.
 */
final class SearchQuery {

  /** Combinations that the server may have to look at. */
  private static final int MOST_COMBINATIONS = 100_000;

  private static final int MOST_ROWS = 60;

  private SearchQuery() {}

  /**
   * A query for the values that meet the conditions on their column alone: the column's place, the value's place, the value.
   *
   * @param asked the values for each column
   */
  static String filter(Table table, Map<Column, List<@Nullable String>> asked) {
    List<String> queries = new ArrayList<>();
    for (Map.Entry<Column, List<@Nullable String>> one : asked.entrySet()) {
      Column column = one.getKey();
      List<String> conditions = new ArrayList<>(column.type().checks());
      table.checks().stream()
          .filter(check -> check.columns().equals(Set.of(column.name())))
          .forEach(check -> conditions.add(check.expression()));
      queries.add("SELECT %d, o, %s::text FROM %s AS s WHERE %s"
          .formatted(
              queries.size(),
              Identifiers.quote(column.name()),
              source(column, one.getValue(), Candidates.MOST),
              all(conditions)));
    }
    return String.join("\nUNION ALL ", queries);
  }

  /** The conditions that can be decided by the values of these columns. */
  static List<Check> evaluable(Table table, Collection<String> columns) {
    return table.checks().stream()
        .filter(check -> !check.columns().isEmpty() && columns.containsAll(check.columns()))
        .toList();
  }

  /**
   * A query for values that go together, those first that have the same place everywhere: a row that refers to the third row
   * of one table refers to the third row of every other, which is what rows that were written together do.
   *
   * @param columns the columns, in the order of the answer
   * @param keys the foreign keys among them
   * @param alone the values of the columns that are in none
   * @param partitioned the oids of the partitioned tables
   */
  static String combinations(
      Table table,
      List<String> columns,
      List<ForeignKey> keys,
      Map<Column, List<@Nullable String>> alone,
      Set<Long> partitioned) {
    int most = (int) Math.pow(MOST_COMBINATIONS, 1.0 / Math.max(1, keys.size() + alone.size()));
    List<String> sources = new ArrayList<>();
    Map<String, List<String>> spellings = new TreeMap<>();
    for (ForeignKey key : keys) {
      key.columns().forEach(name -> spell(spellings, name, sources.size()));
      sources.add(source(
          table,
          key,
          partitioned.contains(key.parentOid()),
          Math.max(4, Math.min(most, MOST_ROWS))));
    }
    for (Map.Entry<Column, List<@Nullable String>> one : alone.entrySet()) {
      spell(spellings, one.getKey().name(), sources.size());
      sources.add(source(one.getKey(), one.getValue(), Math.max(3, Math.min(most, 100))));
    }
    String places = numbered(sources.size(), "s%d.o");
    List<String> from = new ArrayList<>();
    sources.forEach(source -> from.add(source + " AS s" + from.size()));
    return """
        SELECT %s
          FROM (SELECT %s, greatest(%s) - least(%s) AS "migrator spread", least(%s) AS "migrator least"
                  FROM %s
                 WHERE %s) AS r
         WHERE %s
         ORDER BY "migrator spread", "migrator least"
         LIMIT %d""".formatted(
            columns.stream()
                .map(name -> Identifiers.quote(name) + "::text")
                .collect(Collectors.joining(", ")),
            spellings.entrySet().stream()
                .map(e -> "coalesce(" + String.join(", ", e.getValue()) + ") AS "
                    + Identifiers.quote(e.getKey()))
                .collect(Collectors.joining(", ")),
            places,
            places,
            places,
            String.join(", ", from),
            all(agreements(spellings)),
            all(evaluable(table, columns).stream().map(Check::expression).toList()),
            MOST_ROWS);
  }

  private static void spell(Map<String, List<String>> spellings, String name, int source) {
    spellings
        .computeIfAbsent(name, any -> new ArrayList<>())
        .add("s" + source + "." + Identifiers.quote(name));
  }

  /** A column of several foreign keys has one value. */
  private static List<String> agreements(Map<String, List<String>> spellings) {
    List<String> agreements = new ArrayList<>();
    for (List<String> same : spellings.values()) {
      for (int i = 1; i < same.size(); i++) {
        agreements.add(
            "%1$s = %2$s OR %1$s IS NULL OR %2$s IS NULL".formatted(same.get(0), same.get(i)));
      }
    }
    return agreements;
  }

  /** The values of a column, numbered; its domain's conditions call it VALUE. */
  private static String source(Column column, List<@Nullable String> values, int most) {
    String type = column.type().base().sql();
    String constants = values.stream()
        .limit(most)
        .map(value -> value == null ? "NULL" : Identifiers.constant(value))
        .collect(Collectors.joining(", "));
    String name = Identifiers.quote(column.name());
    String alias = column.type().checks().isEmpty() || column.name().equals("value")
        ? ""
        : ", x::" + type + " AS value";
    return "(SELECT x::%s AS %s%s, o FROM pg_catalog.unnest(ARRAY[%s]::text[]) WITH ORDINALITY AS u (x, o))"
        .formatted(type, name, alias, constants);
  }

  /** The rows that a foreign key may refer to, numbered by their keys; and none, where it may be left open. */
  private static String source(Table table, ForeignKey key, boolean partitioned, int most) {
    List<String> parent = key.parentColumns().stream().map(Identifiers::quote).toList();
    StringBuilder columns = new StringBuilder();
    StringBuilder left = new StringBuilder();
    boolean mayBeOpen = false;
    for (int i = 0; i < parent.size(); i++) {
      String name = key.columns().get(i);
      boolean required = table.column(name).required();
      mayBeOpen |= !required;
      columns
          .append(parent.get(i))
          .append(" AS ")
          .append(Identifiers.quote(name))
          .append(", ");
      left.append(required ? parent.get(i) : "NULL").append(", ");
    }
    String rows = "FROM (SELECT %1$s FROM %2$s%3$s WHERE %4$s ORDER BY %1$s LIMIT %5$d) AS p"
        .formatted(
            String.join(", ", parent),
            partitioned ? "" : "ONLY ",
            key.parent().quoted(),
            parent.stream().map(name -> name + " IS NOT NULL").collect(Collectors.joining(" AND ")),
            most);
    String place = "pg_catalog.row_number() OVER (ORDER BY " + String.join(", ", parent) + ")";
    String some = "SELECT " + columns + place + "::numeric AS o " + rows;
    return mayBeOpen
        ? "(" + some + " UNION ALL (SELECT " + left + place + " + 1.5 " + rows + " LIMIT 1))"
        : "(" + some + ")";
  }

  private static String all(List<String> conditions) {
    return conditions.isEmpty()
        ? "true"
        : conditions.stream()
            .map(condition -> "((" + condition + ") IS NOT FALSE)")
            .collect(Collectors.joining(" AND "));
  }

  private static String numbered(int count, String format) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(format.formatted(i));
    }
    return String.join(", ", all);
  }
}
