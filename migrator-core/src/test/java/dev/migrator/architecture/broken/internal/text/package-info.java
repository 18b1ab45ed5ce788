/** Breaks rules on purpose. */
@NullMarked
package dev.migrator.architecture.broken.internal.text;

import org.jspecify.annotations.NullMarked;
