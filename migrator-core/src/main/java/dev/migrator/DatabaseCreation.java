package dev.migrator;

import dev.migrator.config.Connections;
import dev.migrator.internal.jdbc.MissingDatabase;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The creation of a database that does not exist, for development and tests: on request of whoever owns the process, for the
 * library creates none by itself.
 */
public final class DatabaseCreation {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseCreation.class);

  /** The environment variable that must be {@code yes} for {@link #ifAllowed}. */
  public static final String ALLOWED_BY = "ALLOW_LOCAL_DB_CREATION";

  private DatabaseCreation() {}

  /**
   * Creates the database where that is meant: on a developer's machine, or in a pipeline.
   *
   * @param engine whose environment decides
   * @param target leads to the database
   * @param allowed whether {@link #ALLOWED_BY} says yes
   * @return whether it was created here
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is not allowed, and in production and unknown
   *     environments; and as {@link #whenMissing}
   */
  public static boolean ifAllowed(MigrationEngine engine, Connections target, boolean allowed) {
    if (engine.environment().needsConfirmation()) {
      throw refused(
          "a database is never created in production, nor where nobody said what it is for.",
          "create it yourself; or say what it is for, with --environment development.");
    }
    if (!allowed) {
      throw refused(
          "a database is created only where " + ALLOWED_BY + " is yes.",
          "set " + ALLOWED_BY + "=yes on a machine where that is meant.");
    }
    return whenMissing(target);
  }

  private static MigrationException refused(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was changed.", List.of())
        .advice(advice)
        .build();
  }

  /**
   * Creates the database that an address names, when the server says that there is none; its owner is the address's user, and
   * it is a copy of {@code template1}.
   *
   * @param target the address, its user and password
   * @return whether it was created here
   * @throws MigrationException {@code DATABASE_UNREACHABLE} for any other reason than that it does not exist, {@code
   *     PRIVILEGES_MISSING} when the server refuses to create it
   */
  public static boolean whenMissing(Connections target) {
    boolean created = MissingDatabase.create(target);
    if (created) {
      LOG.info("Database {} did not exist and was created", target.database().orElse(""));
    }
    return created;
  }
}
