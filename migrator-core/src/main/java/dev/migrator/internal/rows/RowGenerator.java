package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.jdbc.SessionState;
import dev.migrator.internal.rows.FillReport.Unfilled;
import dev.migrator.internal.rows.Table.ForeignKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Fills the tables of a throw-away database with rows that meet everything the database asks of them. The same database gets
 * the same rows every time: nothing is of the clock or of chance.
 */
public final class RowGenerator {

  private static final int TABLES_A_QUERY = 200;

  /** Keys of rows that refer to one another in a circle: far from what sequences give. */
  private static final int CIRCULAR = 900_001;

  /** Output that depends on nothing. Conditions on many columns can be a search without end, so it has one. */
  private static final Command SETTINGS = Command.of("""
      SELECT pg_catalog.set_config('TimeZone', 'UTC', false),
             pg_catalog.set_config('DateStyle', 'ISO, MDY', false),
             pg_catalog.set_config('IntervalStyle', 'postgres', false),
             pg_catalog.set_config('bytea_output', 'hex', false),
             pg_catalog.set_config('extra_float_digits', '1', false),
             pg_catalog.set_config('synchronous_commit', 'off', false),
             pg_catalog.set_config('statement_timeout', '30s', false)""");

  private final Session session;
  private final Filling filling;
  private final TableCatalog catalog;
  private final Set<Long> empty = new HashSet<>();
  private final Set<Long> pending = new HashSet<>();
  private final Map<TableName, String> reasons = new LinkedHashMap<>();
  private int rows;

  private RowGenerator(Session session, Filling filling, TableCatalog catalog) {
    this.session = session;
    this.filling = filling;
    this.catalog = catalog;
  }

  /**
   * Adds rows to every table. They are committed.
   *
   * @param session in autocommit; scripts' search path, because triggers are written for it; its settings are afterwards
   *     as before
   */
  public static FillReport fill(Session session, Filling filling) {
    return fill(session, filling, Set.of());
  }

  /**
   * Adds rows to every table that is not known yet, as {@link #fill(Session, Filling)}.
   *
   * @param known the oids of the tables that are left alone: their names may have changed
   */
  static FillReport fill(Session session, Filling filling, Set<Long> known) {
    SessionState before = session.state(Set.of());
    session.stepwise(List.of(SETTINGS));
    try {
      TableCatalog catalog = TableCatalog.read(session, filling.except(), known);
      return new RowGenerator(session, filling, catalog).fillAll();
    } finally {
      session.resetTo(before);
    }
  }

  /**
   * Adds rows to every table that has none, as {@link #fill(Session, Filling)}.
   *
   * @return how many tables were empty before, and what became of them
   */
  public static FillReport fillEmpty(Session session, Filling filling) {
    RowGenerator looking =
        new RowGenerator(session, filling, TableCatalog.read(session, filling.except(), Set.of()));
    looking.findEmpty();
    Set<Long> filled = looking.catalog.tables().stream()
        .map(Table::oid)
        .filter(oid -> !looking.empty.contains(oid))
        .collect(Collectors.toSet());
    return fill(session, filling, filled);
  }

  private FillReport fillAll() {
    findEmpty();
    List<Table> left = new ArrayList<>(catalog.tables());
    left.forEach(table -> tree(table.oid()).forEach(pending::add));
    List<Table> early = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Table> ready = left.stream().filter(this::isReady).toList();
      if (!ready.isEmpty()) {
        ready.forEach(this::fillTable);
        done(left, ready);
        continue;
      }
      Table next = left.stream().filter(this::mayBegin).findFirst().orElse(null);
      if (next == null) {
        next = left.get(0);
        fillCircle(next);
      }
      fillTable(next);
      early.add(next);
      done(left, List.of(next));
    }
    // They were filled before what they may refer to.
    early.stream()
        .filter(table -> !empty.contains(table.oid()))
        .forEach(table -> addRow(table, filling.rows()));
    findEmpty();
    List<Unfilled> unfilled = catalog.tables().stream()
        .filter(table -> empty.contains(table.oid()))
        .map(table -> new Unfilled(
            table.name(),
            reasons.getOrDefault(
                table.name(), "what was inserted is not there; a trigger or rule discards rows")))
        .toList();
    return new FillReport(catalog.tables().size() - unfilled.size(), rows, unfilled);
  }

  private void done(List<Table> left, List<Table> filled) {
    left.removeAll(filled);
    pending.clear();
    left.forEach(table -> pending.addAll(tree(table.oid())));
  }

  /** Every table that it refers to has rows, and gets no more. */
  private boolean isReady(Table table) {
    return table.keys().stream()
            .filter(key -> key.parentOid() != table.oid())
            .noneMatch(key -> pending.contains(key.parentOid()) || empty.contains(key.parentOid()))
        && mayBegin(table);
  }

  /** Every table that it must refer to has rows. */
  private boolean mayBegin(Table table) {
    return unmet(table).isEmpty();
  }

  private List<ForeignKey> unmet(Table table) {
    return table.keys().stream()
        .filter(key -> empty.contains(key.parentOid()) && table.isRequired(key))
        .toList();
  }

  private void fillTable(Table table) {
    boolean refersToItself = table.keys().stream().anyMatch(key -> key.parentOid() == table.oid());
    RowWriter writer = new RowWriter(session, filling, table);
    List<Choice> choices = null;
    if (!refersToItself) {
      choices = search(table, Map.of()).choices();
      if (writer.addAll(filling.rows(), choices)) {
        rows += filling.rows();
        empty.removeAll(tree(table.oid()));
        return;
      }
    }
    for (int number = 0; number < filling.rows(); number++) {
      if (choices == null || refersToItself) {
        choices = search(table, Map.of()).choices();
      }
      if (!count(table, writer.add(number, choices)) && number == 1) {
        // Two that no attempt gets in: further ones would cost time.
        return;
      }
    }
  }

  private void addRow(Table table, int number) {
    count(
        table,
        new RowWriter(session, filling, table)
            .add(number, search(table, Map.of()).choices()));
  }

  private boolean count(Table table, @Nullable String refusal) {
    if (refusal == null) {
      rows++;
      empty.removeAll(tree(table.oid()));
    } else {
      reasons.putIfAbsent(table.name(), refusal);
    }
    return refusal == null;
  }

  private RowSearch search(Table table, Map<String, String> wanted) {
    return new RowSearch(
        session,
        filling.style(),
        table,
        empty,
        Set.copyOf(catalog.partitionedBy().values()),
        wanted);
  }

  /** Adds rows that refer to one another in a circle, in one transaction that checks foreign keys at its end. */
  private void fillCircle(Table table) {
    List<Long> joined = new ArrayList<>();
    try {
      session.stepwise(List.of(Command.of("BEGIN"), Command.of("SET CONSTRAINTS ALL DEFERRED")));
      addToCircle(table, Map.of(), joined);
      session.stepwise(List.of(Command.of("COMMIT")));
      rows += joined.size();
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      empty.addAll(joined);
      reasons.putIfAbsent(table.name(), refusal(table, e));
    }
  }

  private String refusal(Table table, CommandFailedException failure) {
    String parents = unmet(table).stream()
        .map(key -> key.name() + " refers to " + key.parent().text())
        .collect(Collectors.joining(", "));
    return "its foreign keys need rows that are not there (" + parents + "): "
        + failure.error().message();
  }

  private void addToCircle(Table table, Map<String, String> given, List<Long> joined) {
    Map<String, String> wanted = new HashMap<>(given);
    Map<Table, Map<String, String>> parents = new LinkedHashMap<>();
    for (ForeignKey key : unmet(table)) {
      Table parent = catalog.tables().stream()
          .filter(other -> other.oid() == key.parentOid())
          .findFirst()
          .orElse(null);
      if (parent == null) {
        continue;
      }
      Map<String, String> needed = parent.oid() == table.oid()
          ? wanted
          : parents.computeIfAbsent(parent, any -> new HashMap<>());
      for (int i = 0; i < key.columns().size(); i++) {
        String column = key.parentColumns().get(i);
        String value = wanted.getOrDefault(
            key.columns().get(i),
            needed.getOrDefault(
                column, Values.plain(parent.column(column).type(), CIRCULAR + joined.size())));
        wanted.put(key.columns().get(i), value);
        needed.put(column, value);
      }
    }
    List<Choice> choices = search(table, wanted).choices();
    session.stepwise(List.of(new RowWriter(session, filling, table).insert(0, 1, choices)));
    if (empty.remove(table.oid())) {
      joined.add(table.oid());
    }
    parents.forEach((parent, needed) -> {
      if (empty.contains(parent.oid())) {
        addToCircle(parent, needed, joined);
      }
    });
  }

  /** Which tables have no rows, those that are only referred to among them. */
  private void findEmpty() {
    Map<Long, String> asked = new LinkedHashMap<>();
    for (Table table : catalog.tables()) {
      asked.put(table.oid(), "ONLY " + table.name().quoted());
      table
          .keys()
          .forEach(key -> asked.putIfAbsent(key.parentOid(), key.parent().quoted()));
    }
    List<Long> oids = List.copyOf(asked.keySet());
    empty.clear();
    for (int from = 0; from < oids.size(); from += TABLES_A_QUERY) {
      String sql = oids.subList(from, Math.min(oids.size(), from + TABLES_A_QUERY)).stream()
          .map(oid -> "SELECT " + oid + " WHERE NOT EXISTS (SELECT FROM " + asked.get(oid) + ")")
          .collect(Collectors.joining("\nUNION ALL "));
      empty.addAll(session.query(Command.of(sql), row -> row.number(1)));
    }
  }

  /** A table with the partitioned tables that it is a part of. */
  private Set<Long> tree(long oid) {
    Set<Long> tree = new HashSet<>();
    Long next = oid;
    while (next != null && tree.add(next)) {
      next = catalog.partitionedBy().get(next);
    }
    return tree;
  }
}
