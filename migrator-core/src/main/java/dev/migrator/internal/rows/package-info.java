/** Rows before and after: fills the tables of a throw-away database, reads what tables hold as hashes, and compares. */
@NullMarked
package dev.migrator.internal.rows;

import org.jspecify.annotations.NullMarked;
