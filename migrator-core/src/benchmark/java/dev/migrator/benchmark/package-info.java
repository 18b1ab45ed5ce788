/** Migrator beside raw JDBC, Flyway and Liquibase, measured in one run on one server. */
@NullMarked
package dev.migrator.benchmark;

import org.jspecify.annotations.NullMarked;
