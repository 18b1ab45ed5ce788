package dev.migrator.internal.history;

import dev.migrator.config.Environment;
import java.util.UUID;

/**
 * What every row of one run has in common.
 *
 * @param runId the run's id
 * @param by who runs it
 * @param environment where
 */
public record Attempt(UUID runId, String by, Environment environment) {}
