/** Reads JSON, each value with its place in the file. */
@NullMarked
package dev.migrator.internal.json;

import org.jspecify.annotations.NullMarked;
