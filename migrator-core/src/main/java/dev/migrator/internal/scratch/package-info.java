/** Throw-away databases: made on a server that is not the target's by accident, copied from one another, always dropped. */
@NullMarked
package dev.migrator.internal.scratch;

import org.jspecify.annotations.NullMarked;
