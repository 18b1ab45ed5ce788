package dev.migrator.report;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The kinds of objects that a snapshot holds, named as the PostgreSQL manual names them, in the order in which it lists them. */
public enum SchemaObjectKind {
  SCHEMA,
  EXTENSION,
  COLLATION,
  ENUM_TYPE,
  COMPOSITE_TYPE,
  RANGE_TYPE,
  BASE_TYPE,
  DOMAIN,
  SEQUENCE,
  TABLE,
  FOREIGN_TABLE,
  VIEW,
  MATERIALIZED_VIEW,
  COLUMN,
  CONSTRAINT,
  INDEX,
  TRIGGER,
  RULE,
  POLICY,
  STATISTICS,
  FUNCTION,
  PROCEDURE,
  AGGREGATE,
  OPERATOR,
  OPERATOR_CLASS,
  OPERATOR_FAMILY,
  CAST,
  TEXT_SEARCH_CONFIGURATION,
  TEXT_SEARCH_DICTIONARY,
  TEXT_SEARCH_PARSER,
  TEXT_SEARCH_TEMPLATE,
  FOREIGN_DATA_WRAPPER,
  FOREIGN_SERVER,
  USER_MAPPING,
  PUBLICATION,
  SUBSCRIPTION,
  EVENT_TRIGGER,
  CONVERSION,
  ACCESS_METHOD,
  LANGUAGE,
  TRANSFORM,
  DEFAULT_PRIVILEGES,
  /** What comes with the server or an extension; shown where it has other grants than it came with. */
  SUPPLIED_OBJECT;

  private final String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');

  /** The name in words, for example {@code materialized view}; snapshots and diffs write it. */
  public String words() {
    return words;
  }

  /** The kind of a name in words. */
  public static Optional<SchemaObjectKind> of(String words) {
    return Arrays.stream(values()).filter(kind -> kind.words().equals(words)).findFirst();
  }
}
