/** Breaks rules on purpose. */
@NullMarked
package dev.migrator.architecture.broken.internal.sql;

import org.jspecify.annotations.NullMarked;
