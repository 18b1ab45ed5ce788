/** The lint: rules as data, and what they find in the statements of scripts. Pure. */
@NullMarked
package dev.migrator.internal.lint;

import org.jspecify.annotations.NullMarked;
