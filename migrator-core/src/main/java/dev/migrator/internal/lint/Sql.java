package dev.migrator.internal.lint;

import dev.migrator.internal.sql.structure.Name;
import dev.migrator.internal.sql.structure.ObjectName;
import dev.migrator.internal.text.Identifiers;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the statements that remedies show. */
public final class Sql {

  private Sql() {}

  /** A name, in quotes where it needs them. */
  public static String name(String name) {
    return Identifiers.readable(name);
  }

  /** A name, in quotes where it needs them. */
  public static String name(Name name) {
    return name(name.text());
  }

  /** A name with its schema, where it has one. */
  public static String name(ObjectName name) {
    return name.schema() == null
        ? name(name.name())
        : name(name.schema()) + "." + name(name.name());
  }

  /** Names with commas between. */
  public static String names(List<String> names) {
    return names.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** A made-up name that PostgreSQL does not shorten. */
  public static String madeUp(String... parts) {
    String whole = String.join("_", parts);
    return name(whole.length() <= 63 ? whole : whole.substring(0, 63));
  }

  /**
   * A statement with words put behind its first words; {@code null} when it begins otherwise.
   *
   * @param beginning matches the first words
   */
  public static @Nullable String insert(String sql, Pattern beginning, String words) {
    Matcher matcher = beginning.matcher(sql);
    return matcher.lookingAt()
        ? sql.substring(0, matcher.end()) + " " + words + sql.substring(matcher.end()) + ";"
        : null;
  }
}
