package dev.migrator.internal.rows;

import dev.migrator.internal.text.Identifiers;
import java.util.Comparator;

/**
 * The name of a table.
 *
 * @param schema its schema, unquoted
 * @param name its name, unquoted
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

  private static final Comparator<TableName> ORDER =
      Comparator.comparing(TableName::schema).thenComparing(TableName::name);

  /** Both parts quoted, for SQL. */
  public String quoted() {
    return Identifiers.quote(schema, name);
  }

  /** Both parts as they are, for people. */
  public String text() {
    return schema + "." + name;
  }

  @Override
  public int compareTo(TableName other) {
    return ORDER.compare(this, other);
  }
}
