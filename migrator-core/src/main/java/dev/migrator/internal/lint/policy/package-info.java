/** The rules about how scripts are written, kept together and named, a file for each. */
@NullMarked
package dev.migrator.internal.lint.policy;

import org.jspecify.annotations.NullMarked;
