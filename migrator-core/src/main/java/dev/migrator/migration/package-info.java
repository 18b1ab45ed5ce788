/** Words: what a migration is, what is known of it, and what can go wrong with it. */
@NullMarked
package dev.migrator.migration;

import org.jspecify.annotations.NullMarked;
