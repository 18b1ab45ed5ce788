/**
 * The test fixture: a fresh database for every test, on one PostgreSQL server per JVM.
 *
 * <p>{@link dev.migrator.testing.PostgresTest} on a test class and a {@link
 * dev.migrator.testing.TestDatabase} parameter on a test method are all that a test needs.
 */
@NullMarked
package dev.migrator.testing;

import org.jspecify.annotations.NullMarked;
