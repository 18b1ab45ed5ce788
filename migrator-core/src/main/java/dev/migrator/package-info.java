/** The door: the migration engine and its builder. */
@NullMarked
package dev.migrator;

import org.jspecify.annotations.NullMarked;
