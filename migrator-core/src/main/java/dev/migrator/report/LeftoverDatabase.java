package dev.migrator.report;

import java.time.Instant;

/**
 * A throw-away database that nobody dropped, because the process that made it was killed.
 *
 * @param name its name
 * @param created when it was made, by the server's clock
 */
public record LeftoverDatabase(String name, Instant created) {}
