package dev.migrator.config;

/** How the files of a location are named. */
public enum NamingConvention {
  /** Recognised from the folder; refused when its files can be read in two ways. The default. */
  AUTOMATIC("recognised from the folder"),
  /** {@code 0006_name.sql}, with or without {@code 0006_name_rollback.sql}. */
  NUMBERED("0006_name.sql and 0006_name_rollback.sql"),
  /** {@code 027_name.up.sql} and {@code 027_name.down.sql}. */
  UP_DOWN("027_name.up.sql and 027_name.down.sql"),
  /** Flyway's {@code V1_2__name.sql} and {@code U1_2__name.sql}. */
  FLYWAY("V1_2__name.sql and U1_2__name.sql");

  private final String example;

  NamingConvention(String example) {
    this.example = example;
  }

  /** File names of this convention, for messages. */
  public String example() {
    return example;
  }
}
