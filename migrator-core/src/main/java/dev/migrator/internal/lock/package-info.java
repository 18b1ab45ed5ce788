/** The advisory lock: acquire within a time, hold, prove, release. */
@NullMarked
package dev.migrator.internal.lock;

import org.jspecify.annotations.NullMarked;
