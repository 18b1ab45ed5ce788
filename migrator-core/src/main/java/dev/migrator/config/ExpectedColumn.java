package dev.migrator.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table, or a column of it, that must be there once the migrations are applied.
 *
 * @param schema its schema; {@code null} when it is found by the search path
 * @param table the table, view or foreign table
 * @param column the column; {@code null} when the table alone is asked for
 */
public record ExpectedColumn(
    @Nullable String schema, String table, @Nullable String column) {

  private static final Pattern PART = Pattern.compile("\"((?:[^\"]|\"\")+)\"|([^\".\\s]+)");

  /**
   * Reads {@code person}, {@code person.email}, {@code public.person.email} or {@code public.person.*}; parts that are not
   * in double quotes are in lower case, as in SQL.
   *
   * @throws IllegalArgumentException when it is none of them
   */
  public static ExpectedColumn of(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int at = 0;
    while (matcher.find(at) && matcher.start() == at) {
      String quoted = matcher.group(1);
      parts.add(
          quoted == null
              ? matcher.group(2).toLowerCase(Locale.ROOT)
              : quoted.replace("\"\"", "\""));
      at = matcher.end();
      if (at == text.length()) {
        return of(parts);
      }
      if (text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    throw unreadable();
  }

  private static ExpectedColumn of(List<String> parts) {
    String last = parts.get(parts.size() - 1);
    String column = last.equals("*") ? null : last;
    return switch (parts.size()) {
      case 1 -> new ExpectedColumn(null, last, null);
      case 2 -> new ExpectedColumn(null, parts.get(0), column);
      case 3 -> new ExpectedColumn(parts.get(0), parts.get(1), column);
      default -> throw unreadable();
    };
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "write table, table.column, schema.table.column or schema.table.*");
  }

  @Override
  public String toString() {
    return (schema == null ? "" : schema + ".") + table + (column == null ? "" : "." + column);
  }
}
