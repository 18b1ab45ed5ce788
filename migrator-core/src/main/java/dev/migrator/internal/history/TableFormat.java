package dev.migrator.internal.history;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a table has in the format, read from its definition, so that they are written down once.
 *
 * @param columns by name, in order
 */
record TableFormat(Map<String, Column> columns) {

  /** A line of a definition; CHECK and keys stand at its end. */
  private static final Pattern COLUMN = Pattern.compile("(\\w+) ([a-z]+)(.*?),?");

  private static final Pattern DEFAULT = Pattern.compile(" DEFAULT ('[^']*'|\\w+(?:\\(\\))?)");

  /**
   * A column.
   *
   * @param name its name
   * @param type its type
   * @param required whether it is NOT NULL
   * @param defaultValue the expression of its default; {@code null} when it has none
   * @param rest what the definition says behind the type
   */
  record Column(
      String name, String type, boolean required, @Nullable String defaultValue, String rest) {

    /** Its definition for a table that has a primary key already. */
    String definition() {
      return type + rest.replace(" PRIMARY KEY", " NOT NULL UNIQUE");
    }

    boolean isIdentity() {
      return rest.contains(" AS IDENTITY");
    }
  }

  /** The format of the table that is called so in the definition: {@code migrations} or {@code history}. */
  static TableFormat of(String table) {
    Map<String, Column> columns = new LinkedHashMap<>();
    TrackingTables.columns(table)
        .lines()
        .map(line -> COLUMN.matcher(line.strip()))
        .filter(Matcher::matches)
        .map(TableFormat::column)
        .forEach(column -> columns.put(column.name(), column));
    return new TableFormat(columns);
  }

  private static Column column(Matcher line) {
    String rest = line.group(3);
    Matcher value = DEFAULT.matcher(rest);
    boolean required = rest.contains(" NOT NULL") || rest.contains(" PRIMARY KEY");
    return new Column(
        line.group(1), line.group(2), required, value.find() ? value.group(1) : null, rest);
  }
}
