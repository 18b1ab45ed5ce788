package dev.migrator.architecture.broken;

import dev.migrator.architecture.broken.internal.sql.Statement;
import javax.sql.DataSource;

/** Allowed: the door takes a DataSource and uses any internal room. */
public record Door(DataSource dataSource, Statement statement) {}
