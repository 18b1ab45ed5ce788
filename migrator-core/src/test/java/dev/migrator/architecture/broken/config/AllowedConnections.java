package dev.migrator.architecture.broken.config;

import javax.sql.DataSource;

/** Allowed: words may name a DataSource. */
public record AllowedConnections(DataSource dataSource) {}
