package dev.migrator.migration;

/**
 * One way in which the scripts and the database disagree, and what to do about it.
 *
 * @param state the disagreement: {@code EDITED}, {@code MISSING}, {@code OUT_OF_ORDER} or {@code PARTIALLY_APPLIED}
 * @param migration the migration that it concerns
 * @param problem what was found, in one sentence
 * @param advice what to do, in one sentence
 */
public record Mismatch(MigrationState state, Migration migration, String problem, String advice) {

  /** Migration, problem and advice on one line. */
  @Override
  public String toString() {
    return migration.label() + ": " + problem + " " + advice;
  }
}
