/** What Micrometer measures about migrations. */
@NullMarked
package dev.migrator.micronaut.metrics;

import org.jspecify.annotations.NullMarked;
