/** Words: what an engine tells while it works, and who is told. */
@NullMarked
package dev.migrator.event;

import org.jspecify.annotations.NullMarked;
