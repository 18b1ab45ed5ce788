/** What endpoint, dashboard, health and metrics share: where the data sources stand, and runs that somebody orders. */
@NullMarked
package dev.migrator.micronaut.operate;

import org.jspecify.annotations.NullMarked;
