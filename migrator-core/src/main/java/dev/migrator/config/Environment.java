package dev.migrator.config;

import java.util.Locale;

/** What the database is used for. Everything that is not clearly something else counts as production. */
public enum Environment {
  /** A developer's own database. */
  DEVELOPMENT,
  /** A database that automated tests use. */
  TEST,
  /** A database that resembles production, with data that may be lost. */
  STAGING,
  /** A database whose data matters. */
  PRODUCTION,
  /** Nobody said, or said a name that is not known: treated like production in every respect. */
  UNKNOWN;

  /**
   * The environment that a name means, without regard to case: {@code dev}, {@code development}, {@code local};
   * {@code test}, {@code testing}, {@code ci}; {@code staging}, {@code stage}; {@code prod}, {@code production}. Any other
   * name is {@link #UNKNOWN}.
   */
  public static Environment named(String name) {
    return switch (name.trim().toLowerCase(Locale.ROOT)) {
      case "dev", "development", "local" -> DEVELOPMENT;
      case "test", "testing", "ci" -> TEST;
      case "staging", "stage" -> STAGING;
      case "prod", "production" -> PRODUCTION;
      default -> UNKNOWN;
    };
  }

  /** Whether changes need a confirmation: in production, and where nobody said what the database is for. */
  public boolean needsConfirmation() {
    return this == PRODUCTION || this == UNKNOWN;
  }

  /** The name that history stores. */
  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }
}
