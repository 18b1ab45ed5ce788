/** Breaks rules on purpose. */
@NullMarked
package dev.migrator.architecture.broken.internal.jdbc;

import org.jspecify.annotations.NullMarked;
