/** The parts of statements, as values: what lint, gates and reports speak of. */
@NullMarked
package dev.migrator.internal.sql.structure;

import org.jspecify.annotations.NullMarked;
