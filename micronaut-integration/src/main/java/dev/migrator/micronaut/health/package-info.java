/** What Micronaut's health and info endpoints say about migrations. */
@NullMarked
package dev.migrator.micronaut.health;

import org.jspecify.annotations.NullMarked;
