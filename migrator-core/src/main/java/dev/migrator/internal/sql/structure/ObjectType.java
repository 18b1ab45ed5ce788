package dev.migrator.internal.sql.structure;

import java.util.Locale;

/** A kind of object, by the words that the manual's commands use for it. */
public enum ObjectType {
  // A type whose words begin with those of another stands before it.
  ACCESS_METHOD,
  AGGREGATE,
  CAST,
  COLLATION,
  COLUMN,
  CONSTRAINT,
  CONVERSION,
  DATABASE,
  DOMAIN,
  EVENT_TRIGGER,
  EXTENSION,
  FOREIGN_DATA_WRAPPER,
  FOREIGN_TABLE,
  FUNCTION,
  INDEX,
  LANGUAGE,
  LARGE_OBJECT,
  MATERIALIZED_VIEW,
  OPERATOR_CLASS,
  OPERATOR_FAMILY,
  OPERATOR,
  /** A setting, of which privileges can be granted. */
  PARAMETER,
  POLICY,
  PROCEDURE,
  PUBLICATION,
  /** Users and groups too: they are roles. */
  ROLE,
  ROUTINE,
  RULE,
  SCHEMA,
  SEQUENCE,
  SERVER,
  STATISTICS,
  SUBSCRIPTION,
  TABLE,
  TABLESPACE,
  TEXT_SEARCH_CONFIGURATION,
  TEXT_SEARCH_DICTIONARY,
  TEXT_SEARCH_PARSER,
  TEXT_SEARCH_TEMPLATE,
  TRANSFORM,
  TRIGGER,
  TYPE,
  USER_MAPPING,
  VIEW;

  /** Its words, {@code MATERIALIZED VIEW}. */
  @Override
  public String toString() {
    return name().replace('_', ' ').toUpperCase(Locale.ROOT);
  }

  /** Its words one by one. */
  public String[] words() {
    return name().split("_", -1);
  }

  /** Whether it is a function, a procedure or an aggregate. */
  public boolean isRoutine() {
    return this == FUNCTION || this == PROCEDURE || this == ROUTINE || this == AGGREGATE;
  }
}
