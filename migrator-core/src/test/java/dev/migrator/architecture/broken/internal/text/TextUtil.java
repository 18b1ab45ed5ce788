package dev.migrator.architecture.broken.internal.text;

import dev.migrator.architecture.broken.internal.sql.Statement;

/** Has a vague name and looks upwards. */
public record TextUtil(Statement statement) {}
