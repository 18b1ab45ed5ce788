/** Pure text: a script's statements with line and column, and their kind. */
@NullMarked
package dev.migrator.internal.sql;

import org.jspecify.annotations.NullMarked;
