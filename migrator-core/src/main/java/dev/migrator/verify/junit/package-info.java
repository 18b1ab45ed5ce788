/** Proves migrations in JUnit 5, a test for each. Needs {@code junit-jupiter-api} on the class path, as every test has it. */
@NullMarked
package dev.migrator.verify.junit;

import org.jspecify.annotations.NullMarked;
