/** Pure: resolved and applied migrations in, a plan or all the mismatches out. */
@NullMarked
package dev.migrator.internal.plan;

import org.jspecify.annotations.NullMarked;
