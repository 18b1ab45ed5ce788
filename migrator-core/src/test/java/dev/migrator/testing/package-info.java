/** The test fixture: a fresh database for every test, on one PostgreSQL server per JVM. */
@NullMarked
package dev.migrator.testing;

import org.jspecify.annotations.NullMarked;
