/** Breaks rules on purpose. */
@NullMarked
package dev.migrator.architecture.broken.config;

import org.jspecify.annotations.NullMarked;
