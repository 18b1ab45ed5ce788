package dev.migrator.internal.lint.rules;

import dev.migrator.internal.sql.structure.ColumnChange;
import dev.migrator.internal.sql.structure.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What another type costs a column (PostgreSQL manual, ALTER TABLE, notes): nothing where the old values are taken as they
 * are, else the table is written anew.
 */
enum TypeCost {
  NOTHING,
  REWRITE,
  /** The old type is not known, and the new one takes some as they are. */
  UNKNOWN;

  /** Types whose values every value of the key can be taken for, without a look at them. */
  private static final Map<String, Set<String>> COERCIBLE = Map.of(
      "character varying", Set.of("text", "citext"),
      "text", Set.of("character varying", "citext"),
      "citext", Set.of("text", "character varying"),
      "cidr", Set.of("inet"),
      "xml", Set.of("text", "character varying"),
      // In UTC, which is the time zone that scripts run in.
      "timestamp without time zone", Set.of("timestamp with time zone"),
      "timestamp with time zone", Set.of("timestamp without time zone"));

  private static final List<Set<String>> COMPARED_ALIKE =
      List.of(Set.of("text", "character varying"), Set.of("cidr", "inet"));

  /** Types that may have been widened without a rewrite when nobody knows what they were. */
  private static final Set<String> TAKES_OTHERS = Set.of(
      "text",
      "character varying",
      "citext",
      "numeric",
      "bit varying",
      "inet",
      "timestamp with time zone",
      "timestamp without time zone",
      "interval");

  /** In each list a type holds every value of those before it. */
  private static final List<List<String>> WIDER = List.of(
      List.of("smallint", "integer", "bigint", "numeric"),
      List.of("smallint", "real", "double precision"),
      List.of("smallint", "integer", "double precision"),
      List.of("date", "timestamp without time zone", "timestamp with time zone"),
      List.of("timestamp with time zone", "timestamp without time zone"),
      List.of("json", "jsonb"),
      List.of("cidr", "inet"));

  static TypeCost of(@Nullable TypeName before, ColumnChange.SetType change) {
    TypeName after = change.type();
    if (!isPlain(change)) {
      return REWRITE;
    }
    if (before == null) {
      return after.dimensions() == 0 && TAKES_OTHERS.contains(after.canonicalName())
          ? UNKNOWN
          : REWRITE;
    }
    if (before.dimensions() != after.dimensions()) {
      return REWRITE;
    }
    String from = canonical(before);
    String to = canonical(after);
    boolean taken = from.equals(to)
        ? isWider(from, before.modifiers(), after.modifiers())
        : after.modifiers().isEmpty() && COERCIBLE.getOrDefault(from, Set.of()).contains(to);
    return taken ? NOTHING : REWRITE;
  }

  /** Whether values of the new type are compared by the operators of the old one, so that indexes stay as they are. */
  static boolean keepsOperators(TypeName before, TypeName after) {
    String from = canonical(before);
    String to = canonical(after);
    return from.equals(to)
        || COMPARED_ALIKE.stream().anyMatch(all -> all.containsAll(Set.of(from, to)));
  }

  /** Whether no value is cut, rounded or refused. */
  static boolean keepsEveryValue(@Nullable TypeName before, ColumnChange.SetType change) {
    TypeName after = change.type();
    String to = canonical(after);
    boolean unlimited = after.modifiers().isEmpty();
    if (isPlain(change) && unlimited && Set.of("text", "citext").contains(to)
        || isPlain(change) && unlimited && to.equals("character varying")) {
      return true;
    }
    if (before == null || !isPlain(change) || before.dimensions() != after.dimensions()) {
      return false;
    }
    String from = canonical(before);
    if (from.equals(to)) {
      return isWider(from, before.modifiers(), after.modifiers());
    }
    return unlimited
        && (COERCIBLE.getOrDefault(from, Set.of()).contains(to)
            || WIDER.stream()
                .anyMatch(list -> list.contains(from) && list.indexOf(to) > list.indexOf(from)));
  }

  private static String canonical(TypeName type) {
    return switch (type.name()) {
      case "serial", "serial4" -> "integer";
      case "bigserial", "serial8" -> "bigint";
      case "smallserial", "serial2" -> "smallint";
      default -> type.canonicalName();
    };
  }

  /** Whether a type with other modifiers takes the values as they are. */
  private static boolean isWider(String type, List<String> before, List<String> after) {
    if (before.equals(after)) {
      return true;
    }
    return switch (type) {
      case "character varying", "bit varying" ->
        after.isEmpty() || number(before, 0) <= number(after, 0) && !before.isEmpty();
      case "numeric" ->
        after.isEmpty()
            || !before.isEmpty()
                && number(before, 0) <= number(after, 0)
                && number(before, 1) == number(after, 1);
      case "timestamp without time zone",
          "timestamp with time zone",
          "time without time zone",
          "time with time zone",
          "interval" ->
        after.isEmpty() || !before.isEmpty() && number(before, 0) <= number(after, 0);
      default -> false;
    };
  }

  private static int number(List<String> modifiers, int index) {
    try {
      return index < modifiers.size() ? Integer.parseInt(modifiers.get(index).strip()) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Whether the values are cast as PostgreSQL would cast them by itself. */
  private static boolean isPlain(ColumnChange.SetType change) {
    if (change.using() == null) {
      return true;
    }
    String column = change.column().text().toLowerCase(Locale.ROOT);
    String type = change.type().text().toLowerCase(Locale.ROOT).replaceAll("\\s", "");
    String using =
        change.using().text().toLowerCase(Locale.ROOT).replaceAll("[\\s\"]|^\\(+|\\)+$", "");
    String bare = type.replaceAll("\\)+$", "");
    return using.equals(column)
        || using.equals(column + "::" + type)
        || using.equals(column + "::" + bare)
        || using.equals("cast(" + column + "as" + bare);
  }
}
