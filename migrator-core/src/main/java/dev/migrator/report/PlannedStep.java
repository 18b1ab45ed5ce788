package dev.migrator.report;

import dev.migrator.migration.Migration;

/**
 * One migration that a run would apply or roll back.
 *
 * @param action what would be done with it
 * @param migration the migration
 * @param statements how many statements its script has
 * @param transactional whether it would run in a transaction
 * @param reason why it would run without a transaction: the first statement that cannot run in one, with its place; empty
 *     for a transactional one
 * @param from the place of the first statement that would run: 1, unless an earlier run stopped behind it
 */
public record PlannedStep(
    Action action,
    Migration migration,
    int statements,
    boolean transactional,
    String reason,
    int from) {}
