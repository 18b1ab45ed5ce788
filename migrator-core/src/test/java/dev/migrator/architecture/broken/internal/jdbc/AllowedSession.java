package dev.migrator.architecture.broken.internal.jdbc;

import dev.migrator.architecture.broken.config.AllowedConnections;
import java.sql.Connection;
import org.postgresql.PGConnection;

/** Allowed: this room touches JDBC, the driver and words. */
public record AllowedSession(
    Connection connection, PGConnection driver, AllowedConnections connections) {}
