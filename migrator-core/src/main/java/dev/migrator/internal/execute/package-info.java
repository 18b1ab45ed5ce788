/** Runs a plan on one session, step by step, and records each step. */
@NullMarked
package dev.migrator.internal.execute;

import org.jspecify.annotations.NullMarked;
