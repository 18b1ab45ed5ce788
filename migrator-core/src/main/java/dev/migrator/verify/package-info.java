/** Proves migrations on throw-away databases: applied, taken back, applied again. */
@NullMarked
package dev.migrator.verify;

import org.jspecify.annotations.NullMarked;
