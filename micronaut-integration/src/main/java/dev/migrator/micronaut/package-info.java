/** Runs the migrations of every data source while a Micronaut application boots. */
@NullMarked
package dev.migrator.micronaut;

import org.jspecify.annotations.NullMarked;
