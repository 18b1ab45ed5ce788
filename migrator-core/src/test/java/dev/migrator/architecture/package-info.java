/** The rules of the architecture as code, and code that breaks them. */
@NullMarked
package dev.migrator.architecture;

import org.jspecify.annotations.NullMarked;
