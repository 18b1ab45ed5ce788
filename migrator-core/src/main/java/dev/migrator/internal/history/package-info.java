/** The tracking tables: create, read, record. Their SQL lives here as whole text. */
@NullMarked
package dev.migrator.internal.history;

import org.jspecify.annotations.NullMarked;
