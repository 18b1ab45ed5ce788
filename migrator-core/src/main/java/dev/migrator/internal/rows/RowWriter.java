package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.Table.Column;
import dev.migrator.internal.rows.Table.Origin;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes rows into one table, and tries others where the server refuses one: for a key that exists, or a trigger's reasons. */
final class RowWriter {

  private static final int FIRST = 11;

  /** How often another row is tried; later ones leave more to the table's defaults. */
  private static final int ATTEMPTS = 12;

  private static final int FROM_DEFAULTS = 6;

  private static final int WITH_NULLS = 9;

  /** Triggers ask things of texts that no catalog tells. */
  private static final TextSort[] TEXTS = {
    TextSort.PHRASE, TextSort.PHRASE, TextSort.WORD, TextSort.VERSION, TextSort.NUMBER,
        TextSort.PHRASE,
    TextSort.PHRASE, TextSort.WORD, TextSort.VERSION, TextSort.PHRASE, TextSort.WORD,
        TextSort.VERSION
  };

  private final Session session;
  private final Filling filling;
  private final Table table;

  RowWriter(Session session, Filling filling, Table table) {
    this.session = session;
    this.filling = filling;
    this.table = table;
  }

  /**
   * Adds several rows in one message, all or none.
   *
   * @return whether the server took them
   */
  boolean addAll(int count, List<Choice> choices) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("BEGIN"));
    for (int number = 0; number < count; number++) {
      commands.add(insert(number, 0, choices));
    }
    commands.add(Command.of("COMMIT"));
    try {
      session.pipeline(commands);
      return true;
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      if (e.error().isConnectionLoss()) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Adds a row.
   *
   * @param number its number, from 0
   * @param choices the values of the columns that something is asked of
   * @return why the server refused all that was tried; {@code null} when it took one
   */
  @Nullable
  String add(int number, List<Choice> choices) {
    String reason = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        session.stepwise(List.of(insert(number, attempt, choices)));
        return null;
      } catch (CommandFailedException e) {
        if (e.error().isConnectionLoss()) {
          throw e;
        }
        // The first may fail for its edge values; the second is an ordinary row.
        reason = reason == null || attempt == 1 ? e.error().message() : reason;
      }
    }
    return reason;
  }

  /** The command that adds a row. */
  Command insert(int number, int attempt, List<Choice> choices) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Choice choice : choices) {
      List<@Nullable String> row = choice.row(number + attempt);
      for (int i = 0; i < row.size(); i++) {
        Column column = table.column(choice.columns().get(i));
        values.put(column.name(), constant(row.get(i), column));
      }
    }
    for (Column column : table.columns()) {
      if (!values.containsKey(column.name()) && isNamed(column, attempt)) {
        values.put(column.name(), constant(value(column, number, attempt), column));
      }
    }
    if (values.isEmpty()) {
      return Command.of("INSERT INTO " + table.name().quoted() + " DEFAULT VALUES");
    }
    return Command.of("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)"
        .formatted(
            table.name().quoted(),
            values.keySet().stream().map(Identifiers::quote).collect(Collectors.joining(", ")),
            String.join(", ", new ArrayList<>(values.values()))));
  }

  /** Defaults are used only when nothing else helps: they may depend on the clock. */
  private static boolean isNamed(Column column, int attempt) {
    return switch (column.origin()) {
      case COMPUTED -> false;
      // A sequence may be behind what was inserted without it.
      case SEQUENCE -> attempt == FROM_DEFAULTS - 1 || attempt == FROM_DEFAULTS - 2;
      case ROW -> !column.defaulted() || attempt < FROM_DEFAULTS;
    };
  }

  private @Nullable String value(Column column, int number, int attempt) {
    int n = FIRST + number + filling.rows() * attempt;
    if (column.origin() == Origin.SEQUENCE) {
      return Integer.toString(20_000 + n);
    }
    boolean first = attempt == 0;
    boolean edges = first && filling.style() == Filling.Style.EDGE;
    int sort = number % Filling.ROWS;
    if (!column.required() && (first && sort == 2 || attempt >= WITH_NULLS)) {
      return null;
    }
    if (edges && sort == 0) {
      return Values.edge(column.type());
    }
    if (edges && sort == 3) {
      return Values.low(column.type());
    }
    return Values.plain(column.type(), n, TEXTS[attempt]);
  }

  private static String constant(@Nullable String value, Column column) {
    return value == null
        ? "NULL"
        : Identifiers.constant(value) + "::" + column.type().sql();
  }
}
