/** Words: the immutable values that the engine's operations return. */
@NullMarked
package dev.migrator.report;

import org.jspecify.annotations.NullMarked;
