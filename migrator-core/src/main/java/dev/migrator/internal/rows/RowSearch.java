package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.Table.Column;
import dev.migrator.internal.rows.Table.ForeignKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Searches values that meet a table's conditions and foreign keys. The server does it: it is handed likely values, and the
 * rows that exist in the tables referred to, and evaluates the conditions themselves.
 */
final class RowSearch {

  private static final int FIRST = 11;

  private final Session session;
  private final Filling.Style style;
  private final Table table;
  private final Set<Long> partitioned;
  private final Map<String, String> wanted;
  private final List<Column> searched;
  private final List<ForeignKey> keys;
  private final Set<String> open;

  /**
   * A search for one table.
   *
   * @param empty the oids of the tables without rows
   * @param partitioned the oids of the partitioned tables
   * @param wanted the values that some columns must have
   */
  RowSearch(
      Session session,
      Filling.Style style,
      Table table,
      Set<Long> empty,
      Set<Long> partitioned,
      Map<String, String> wanted) {
    this.session = session;
    this.style = style;
    this.table = table;
    this.partitioned = partitioned;
    this.wanted = wanted;
    this.searched = new ArrayList<>(table.searched());
    for (String name : wanted.keySet()) {
      Column column = table.column(name);
      if (!searched.contains(column)) {
        searched.add(column);
      }
    }
    this.keys = table.keys().stream()
        .filter(key -> !empty.contains(key.parentOid()))
        .filter(key -> Collections.disjoint(key.columns(), wanted.keySet()))
        .toList();
    this.open = table.keys().stream()
        .filter(key -> empty.contains(key.parentOid()))
        .flatMap(key -> key.columns().stream())
        .filter(name -> !table.column(name).required() && !wanted.containsKey(name))
        .collect(Collectors.toSet());
  }

  /** Values for every column that something is asked of. */
  List<Choice> choices() {
    if (searched.isEmpty()) {
      return List.of();
    }
    Map<String, List<@Nullable String>> pools = pools();
    List<Choice> choices = new ArrayList<>();
    for (Set<String> group : groups()) {
      String only = group.iterator().next();
      List<@Nullable String> pool = pools.get(only);
      if (group.size() == 1 && pool != null) {
        choices.add(single(only, pool));
      } else {
        choices.addAll(together(group, pools));
      }
    }
    return choices;
  }

  private static Choice single(String column, List<@Nullable String> pool) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    pool.forEach(value -> rows.add(Collections.singletonList(value)));
    return new Choice(List.of(column), rows);
  }

  /** What each column by itself may be, unless rows of another table say it. */
  private Map<String, List<@Nullable String>> pools() {
    Set<String> referring =
        keys.stream().flatMap(key -> key.columns().stream()).collect(Collectors.toSet());
    List<Column> alone =
        searched.stream().filter(column -> !referring.contains(column.name())).toList();
    Map<String, List<@Nullable String>> pools = new HashMap<>();
    if (alone.isEmpty()) {
      return pools;
    }
    Map<Column, List<@Nullable String>> asked = new LinkedHashMap<>();
    alone.forEach(column -> asked.put(column, candidates(column, false)));
    try {
      pools.putAll(filtered(asked));
    } catch (CommandFailedException e) {
      rethrowLoss(e);
      for (Map.Entry<Column, List<@Nullable String>> one : asked.entrySet()) {
        pools.put(one.getKey().name(), filteredAlone(one.getKey(), one.getValue()));
      }
    }
    alone.forEach(column -> {
      if (pools.getOrDefault(column.name(), List.of()).isEmpty()) {
        pools.put(column.name(), candidates(column, true));
      }
    });
    return pools;
  }

  /** A condition may fail for a value instead of refusing it, so that nothing helps but to ask about each. */
  private List<@Nullable String> filteredAlone(Column column, List<@Nullable String> values) {
    List<@Nullable String> found = new ArrayList<>();
    List<@Nullable String> all = null;
    try {
      all = filtered(Map.of(column, values)).get(column.name());
    } catch (CommandFailedException e) {
      rethrowLoss(e);
      for (@Nullable String value : values) {
        try {
          Map<String, List<@Nullable String>> one =
              filtered(Map.of(column, Collections.singletonList(value)));
          found.addAll(one.getOrDefault(column.name(), List.of()));
        } catch (CommandFailedException refused) {
          rethrowLoss(refused);
        }
      }
    }
    return all == null ? found : all;
  }

  /** The values that meet the conditions on their column alone; no entry for a column that has none. */
  private Map<String, List<@Nullable String>> filtered(Map<Column, List<@Nullable String>> asked) {
    List<Column> columns = List.copyOf(asked.keySet());
    Map<String, Map<Long, @Nullable String>> found = new HashMap<>();
    session.query(
        Command.of(SearchQuery.filter(table, asked)),
        row -> found
            .computeIfAbsent(columns.get((int) row.number(1)).name(), any -> new TreeMap<>())
            .put(row.number(2), row.textOrNull(3)));
    Map<String, List<@Nullable String>> pools = new HashMap<>();
    found.forEach(
        (name, values) -> pools.put(name, new ArrayList<>(new LinkedHashSet<>(values.values()))));
    return pools;
  }

  private List<@Nullable String> candidates(Column column, boolean plain) {
    String value = wanted.get(column.name());
    if (value != null) {
      return Collections.singletonList(value);
    }
    if (open.contains(column.name())) {
      return Collections.singletonList(null);
    }
    List<@Nullable String> values = new ArrayList<>(
        plain
            ? Candidates.withoutClues(column.type(), FIRST)
            : Candidates.of(column.type(), table.expressionsOn(column), style, FIRST));
    if (!column.required()) {
      values.add(Math.min(2, values.size()), null);
    }
    return Collections.unmodifiableList(values);
  }

  /** Columns that depend on one another, by conditions or foreign keys. */
  private Collection<Set<String>> groups() {
    Map<String, Set<String>> groups = new TreeMap<>();
    searched.forEach(
        column -> groups.put(column.name(), new LinkedHashSet<>(List.of(column.name()))));
    List<Set<String>> ties = new ArrayList<>();
    keys.forEach(key -> ties.add(new LinkedHashSet<>(key.columns())));
    SearchQuery.evaluable(table, groups.keySet()).forEach(check -> ties.add(check.columns()));
    for (Set<String> tie : ties) {
      Set<String> merged = new LinkedHashSet<>();
      tie.forEach(name -> merged.addAll(groups.getOrDefault(name, Set.of())));
      merged.forEach(name -> groups.put(name, merged));
    }
    Set<Set<String>> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    return groups.values().stream().filter(distinct::add).toList();
  }

  /** Values for columns that depend on one another; nothing met all conditions where each column comes by itself. */
  private List<Choice> together(Set<String> group, Map<String, List<@Nullable String>> pools) {
    List<String> columns = List.copyOf(group);
    try {
      List<List<@Nullable String>> rows = session.query(Command.of(query(group, pools)), row -> {
        @Nullable String[] values = new @Nullable String[columns.size()];
        Arrays.setAll(values, i -> row.textOrNull(i + 1));
        return Arrays.asList(values);
      });
      if (!rows.isEmpty()) {
        return List.of(new Choice(columns, rows));
      }
    } catch (CommandFailedException e) {
      rethrowLoss(e);
    }
    List<Choice> apart = new ArrayList<>();
    for (String name : columns) {
      Column column = table.column(name);
      apart.add(single(name, pools.getOrDefault(name, candidates(column, true))));
    }
    return apart;
  }

  private String query(Set<String> group, Map<String, List<@Nullable String>> pools) {
    Map<Column, List<@Nullable String>> alone = new LinkedHashMap<>();
    for (Column column : searched) {
      List<@Nullable String> pool = pools.get(column.name());
      if (pool != null && group.contains(column.name())) {
        alone.put(column, pool);
      }
    }
    return SearchQuery.combinations(
        table,
        List.copyOf(group),
        keys.stream().filter(key -> group.containsAll(key.columns())).toList(),
        alone,
        partitioned);
  }

  private static void rethrowLoss(CommandFailedException e) {
    if (e.error().isConnectionLoss()) {
      throw e;
    }
  }
}
