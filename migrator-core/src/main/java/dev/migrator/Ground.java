package dev.migrator;

import dev.migrator.internal.jdbc.Session;

/** Where a plan is judged: an operation, and its session in the database. */
interface Ground {

  Operation operation();

  Session session();
}
