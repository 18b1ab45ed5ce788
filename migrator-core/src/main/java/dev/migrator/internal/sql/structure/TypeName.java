package dev.migrator.internal.sql.structure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A data type as a statement names it.
 *
 * @param text the whole, as the script writes it: {@code Numeric(10, 2)[]}
 * @param schema its schema; {@code null} when the search path decides
 * @param name its name without modifiers, folded: {@code numeric}, {@code timestamp with time zone}
 * @param modifiers what its parentheses hold: {@code 10}, {@code 2}
 * @param dimensions of the array; 0 when it is none
 * @param offset where it stands in the statement's text
 */
public record TypeName(
    String text,
    @Nullable String schema,
    String name,
    List<String> modifiers,
    int dimensions,
    int offset) {

  /** Keeps a copy. */
  public TypeName {
    modifiers = List.copyOf(modifiers);
  }

  /** The name that {@code format_type} shows for a built-in type, whatever alias the script uses; otherwise the name. */
  public String canonicalName() {
    boolean quoted = text.indexOf('"') >= 0;
    if (quoted || schema != null && !schema.equals("pg_catalog")) {
      return name;
    }
    return switch (name) {
      case "int", "int4" -> "integer";
      case "int2" -> "smallint";
      case "int8" -> "bigint";
      case "float4" -> "real";
      case "float", "float8" -> "double precision";
      case "bool" -> "boolean";
      case "dec", "decimal" -> "numeric";
      case "varchar",
          "char varying",
          "nchar varying",
          "national character varying",
          "national char varying" -> "character varying";
      case "char", "nchar", "bpchar", "national character", "national char" -> "character";
      case "varbit" -> "bit varying";
      case "timestamp" -> "timestamp without time zone";
      case "timestamptz" -> "timestamp with time zone";
      case "time" -> "time without time zone";
      case "timetz" -> "time with time zone";
      default -> name;
    };
  }

  /** Whether it is {@code serial} in one of its sizes: an integer with a sequence of its own. */
  public boolean isSerial() {
    return schema == null
        && text.indexOf('"') < 0
        && switch (name.toLowerCase(Locale.ROOT)) {
          case "serial", "serial2", "serial4", "serial8", "smallserial", "bigserial" -> true;
          default -> false;
        };
  }

  @Override
  public String toString() {
    return text;
  }
}
