/** The rules about what statements do to a database and to those who use it, a file for each. */
@NullMarked
package dev.migrator.internal.lint.rules;

import org.jspecify.annotations.NullMarked;
