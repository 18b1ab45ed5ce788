/** Breaks rules on purpose. */
@NullMarked
package dev.migrator.architecture.broken;

import org.jspecify.annotations.NullMarked;
