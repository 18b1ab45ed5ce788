/** Migrations over HTTP, for who shows the token: where they stand, what a run would do, and a run. */
@NullMarked
package dev.migrator.micronaut.endpoint;

import org.jspecify.annotations.NullMarked;
