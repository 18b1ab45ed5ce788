package dev.migrator.cli;

import dev.migrator.DatabaseCreation;
import dev.migrator.MigrationEngine;
import dev.migrator.config.Connections;

/** The database that does not exist yet, on the command line. */
final class CreateDatabase {

  static final Option<Boolean> OPTION = Option.flag(
      "--create-database",
      "Create the database when it does not exist; only with ALLOW_LOCAL_DB_CREATION=yes, and never in production.");

  private CreateDatabase() {}

  /** Creates it where that was asked for. */
  static void ifAsked(
      Arguments given, Console console, MigrationEngine engine, Connections connections) {
    if (given.has(OPTION) && !given.has(Options.DRY_RUN)) {
      boolean allowed = console
          .variable(DatabaseCreation.ALLOWED_BY)
          .filter("yes"::equalsIgnoreCase)
          .isPresent();
      if (DatabaseCreation.ifAllowed(engine, connections, allowed)) {
        console.err().println("Created the database " + connections.database().orElse("") + ".");
      }
    }
  }
}
