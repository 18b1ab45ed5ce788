/** The tracking tables as Micronaut Data JDBC sees them, to be read and not to be written; and the application's own entities. */
@NullMarked
package dev.migrator.micronaut.history;

import org.jspecify.annotations.NullMarked;
