package dev.migrator.internal.jdbc;

import dev.migrator.config.Connections;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The database that an address names, where the server may say that there is none. */
public final class MissingDatabase {

  private static final String NO_SUCH_DATABASE = "3D000";

  /** duplicate_database and unique_violation: two who create the same at once. */
  private static final Set<String> EXISTS_BY_NOW = Set.of("42P04", "23505");

  /** Where one connects to create another database. */
  private static final List<String> ALWAYS_THERE = List.of("postgres", "template1");

  private MissingDatabase() {}

  /**
   * Creates it when it is missing; its owner is the address's user, and it is a copy of {@code template1}.
   *
   * @param target the address, its user and password
   * @return whether it was created here
   * @throws MigrationException {@code DATABASE_UNREACHABLE} for any other reason than that it does not exist, {@code
   *     PRIVILEGES_MISSING} when the server refuses to create it
   */
  public static boolean create(Connections target) {
    MigrationException missing = reach(target).orElse(null);
    if (missing == null) {
      return false;
    }
    String name = target.database().orElseThrow(() -> missing);
    for (String there : ALWAYS_THERE) {
      Connections server = target.withDatabase(there);
      try {
        MigrationException notThere = reach(server).orElse(null);
        if (notThere == null) {
          return create(name, server);
        }
        missing.addSuppressed(notThere);
      } catch (MigrationException refused) {
        if (refused.code() != FailureCode.DATABASE_UNREACHABLE) {
          throw refused;
        }
        // Who may not connect to the one may be let into the other.
        missing.addSuppressed(refused);
      }
    }
    throw missing;
  }

  /** Why not, when there is no such database. */
  private static Optional<MigrationException> reach(Connections target) {
    try (Session session = Session.open(DriverDataSource.to(target))) {
      session.requireAnswer();
      return Optional.empty();
    } catch (MigrationException e) {
      if (e.sqlState().filter(NO_SUCH_DATABASE::equals).isEmpty()) {
        throw e;
      }
      return Optional.of(e);
    }
  }

  private static boolean create(String name, Connections server) {
    try (Session session = Session.open(DriverDataSource.to(server))) {
      session.stepwise(List.of(Command.of("CREATE DATABASE " + Identifiers.quote(name))));
    } catch (CommandFailedException e) {
      if (EXISTS_BY_NOW.contains(String.valueOf(e.error().sqlState()))) {
        return false;
      }
      throw MigrationException.because(
              FailureCode.PRIVILEGES_MISSING,
              "the database " + name + " does not exist, and cannot be created: "
                  + e.error().message())
          .sqlState(e.error().sqlState())
          .done("nothing was changed.", List.of())
          .advice("let the role create databases (ALTER ROLE .. CREATEDB), or create it yourself.")
          .cause(e)
          .build();
    }
    return true;
  }
}
