package dev.migrator.config;

/** How the files of a location are named, and what of each file is the migration. */
public enum NamingConvention {
  /** Recognised from the folder; refused when its files can be read in two ways. The default. */
  AUTOMATIC("recognised from the folder"),
  /** {@code 0006_name.sql}, with or without {@code 0006_name_rollback.sql}. */
  NUMBERED("0006_name.sql and 0006_name_rollback.sql"),
  /** {@code 027_name.up.sql} and {@code 027_name.down.sql}. */
  UP_DOWN("027_name.up.sql and 027_name.down.sql"),
  /** Flyway's {@code V1_2__name.sql}, {@code U1_2__name.sql}, {@code R__name.sql} and {@code B5__name.sql}. */
  FLYWAY("V1_2__name.sql, U1_2__name.sql, R__name.sql and B5__name.sql"),
  /**
   * A directory for each migration: {@code 20241108160105_name/up.sql} and {@code down.sql} (diesel, sqlx), or
   * {@code migration.sql} (Prisma).
   */
  DIRECTORY("20241108160105_name/up.sql and down.sql, or 20241108160105_name/migration.sql"),
  /** Drizzle's {@code 0000_name.sql}, in the order of {@code meta/_journal.json}. */
  DRIZZLE("0000_name.sql and 0000_name_rollback.sql, listed in meta/_journal.json"),
  /** {@code 0006_name.sql} with sections that {@code -- migrate:up} and {@code -- migrate:down} begin. */
  DBMATE("0006_name.sql with '-- migrate:up' and '-- migrate:down'"),
  /** {@code 0006_name.sql} with sections that {@code -- +goose Up} and {@code -- +goose Down} begin. */
  GOOSE("0006_name.sql with '-- +goose Up' and '-- +goose Down'"),
  /** {@code 0006_name.sql} with sections that {@code -- +migrate Up} and {@code -- +migrate Down} begin. */
  SQL_MIGRATE("0006_name.sql with '-- +migrate Up' and '-- +migrate Down'");

  private final String example;

  NamingConvention(String example) {
    this.example = example;
  }

  /** File names of this convention, for messages. */
  public String example() {
    return example;
  }
}
