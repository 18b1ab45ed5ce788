/** Migrations as spans of OpenTelemetry. */
@NullMarked
package dev.migrator.micronaut.tracing;

import org.jspecify.annotations.NullMarked;
