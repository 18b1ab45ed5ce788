package dev.migrator.micronaut.history;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Standing;
import dev.migrator.micronaut.operate.Standings;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.value.PropertyResolver;
import io.micronaut.data.jdbc.operations.JdbcRepositoryOperations;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * What the tracking tables of a data source are called, and where they are. The history of {@code schema_migrations} is {@code
 * migration_history}; of any other name {@code x} it is {@code x_history}.
 */
@Singleton
@Requires(classes = JdbcRepositoryOperations.class)
final class TrackingTableNames {

  private static final String DEFAULT = "schema_migrations";

  /** A tracking table does not move while an application runs. */
  private static final Duration KEPT = Duration.ofHours(1);

  private final PropertyResolver properties;
  private final Standings standings;

  TrackingTableNames(PropertyResolver properties, Standings standings) {
    this.properties = properties;
    this.standings = standings;
  }

  /** The tracking table, quoted; empty when there is none yet or nobody can tell where. */
  Optional<String> migrations(MigratedDataSource one) {
    return in(one, table(one));
  }

  /** The history, quoted; empty when there is none yet or nobody can tell where. */
  Optional<String> history(MigratedDataSource one) {
    String table = table(one);
    return in(one, table.equals(DEFAULT) ? "migration_history" : table + "_history");
  }

  private String table(MigratedDataSource one) {
    return properties
        .getProperty("migrator.datasources." + one.name() + ".table", String.class)
        .orElse(DEFAULT);
  }

  private Optional<String> in(MigratedDataSource one, String table) {
    return standings
        .within(one, KEPT)
        .map(Standing::status)
        .filter(status -> status.tracked())
        .map(status -> quoted(status.schema()) + "." + quoted(table));
  }

  /** PostgreSQL manual, 4.1.1. */
  private static String quoted(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }
}
