/** Applies statements on a throw-away database and reads what they locked, rewrote, scanned. */
@NullMarked
package dev.migrator.internal.trace;

import org.jspecify.annotations.NullMarked;
