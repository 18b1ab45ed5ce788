/** Pages for a browser: where the migrations stand, what runs, what was done. */
@NullMarked
package dev.migrator.micronaut.dashboard;

import org.jspecify.annotations.NullMarked;
