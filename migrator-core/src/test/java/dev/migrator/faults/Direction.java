package dev.migrator.faults;

/** Where a message goes. */
enum Direction {
  TO_SERVER,
  TO_CLIENT
}
