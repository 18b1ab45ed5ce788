package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How one data source is migrated. What is not set is the engine's default.
 *
 * @param name the data source's name
 * @param enabled whether it is migrated
 * @param locations where the scripts are
 * @param naming how they are named
 * @param recursive whether folders within the locations are read
 * @param allowEmpty whether a location may hold no script
 * @param placeholders what {@code ${name}} in the scripts stands for
 * @param placeholdersInBodies whether it is replaced in dollar-quoted texts too
 * @param schema the schema of the tracking tables
 * @param createSchema whether that schema is created when it does not exist
 * @param table the name of the tracking table
 * @param searchPath the {@code search_path} of the scripts
 * @param outOfOrder what to do with pending migrations older than applied ones
 * @param missing what to do with applied migrations without a script
 * @param lockWait how long to wait while another instance migrates
 * @param directUrl the server's own address, when the data source leads through a pooler
 * @param environment what the database is used for
 * @param confirmProduction whether changes in production are confirmed
 */
@EachProperty(DataSourceSettings.PREFIX)
record DataSourceSettings(
    @Parameter String name,
    @Bindable(defaultValue = "true") boolean enabled,
    @Nullable List<String> locations,
    @Nullable String naming,
    @Bindable(defaultValue = "false") boolean recursive,
    @Bindable(defaultValue = "false") boolean allowEmpty,

    @MapFormat(transformation = MapFormat.MapTransformation.FLAT, keyFormat = StringConvention.RAW)
    @Nullable
    Map<String, String> placeholders,

    @Bindable(defaultValue = "false") boolean placeholdersInBodies,
    @Nullable String schema,
    @Bindable(defaultValue = "false") boolean createSchema,
    @Nullable String table,
    @Nullable List<String> searchPath,
    @Nullable String outOfOrder,
    @Nullable String missing,
    @Nullable Duration lockWait,
    @Nullable String directUrl,
    @Nullable String environment,
    @Nullable Boolean confirmProduction) {

  static final String PREFIX = "migrator.datasources";

  static final Set<String> KEYS = Set.of(
      "enabled",
      "locations",
      "naming",
      "recursive",
      "allow-empty",
      "placeholders",
      "placeholders-in-bodies",
      "schema",
      "create-schema",
      "table",
      "search-path",
      "out-of-order",
      "missing",
      "lock-wait",
      "direct-url",
      "environment",
      "confirm-production");

  /** The settings of a data source about which nothing was said. */
  static DataSourceSettings defaults(String name) {
    return new DataSourceSettings(
        name, true, null, null, false, false, null, false, null, false, null, null, null, null,
        null, null, null, null);
  }

  /** The full name of one of these properties. */
  static String property(String dataSource, String key) {
    return PREFIX + "." + dataSource + "." + key;
  }

  /**
   * Hands what is set to an engine.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  MigrationEngineBuilder toEngine() {
    MigrationEngineBuilder engine = MigrationEngine.builder()
        .recursive(recursive)
        .allowEmptyLocations(allowEmpty)
        .placeholdersInBodies(placeholdersInBodies)
        .createTrackingSchema(createSchema);
    if (locations != null) {
      engine.locations(locations);
    }
    if (naming != null) {
      engine.naming(choice("naming", naming, NamingConvention.class));
    }
    if (placeholders != null) {
      engine.placeholders(placeholders);
    }
    if (schema != null) {
      engine.trackingSchema(schema);
    }
    if (table != null) {
      engine.trackingTable(table);
    }
    if (searchPath != null) {
      engine.searchPath(searchPath.toArray(String[]::new));
    }
    if (outOfOrder != null) {
      engine.outOfOrder(choice("out-of-order", outOfOrder, OutOfOrderPolicy.class));
    }
    if (missing != null) {
      engine.missing(choice("missing", missing, MissingPolicy.class));
    }
    if (lockWait != null) {
      engine.lockWait(lockWait);
    }
    if (environment != null) {
      engine.environment(knownEnvironment(environment));
    }
    if (confirmProduction != null) {
      engine.confirmProduction(confirmProduction);
    }
    return engine;
  }

  /**
   * The server's own address; nothing when none is set. It is reached as the data source's user, unless it names another.
   *
   * @param user the data source's user; {@code null} when it has none
   * @param password the data source's password; {@code null} when it has none
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the address cannot be read
   */
  Optional<Connections> directly(@Nullable String user, @Nullable String password) {
    if (directUrl == null) {
      return Optional.empty();
    }
    Connections written;
    try {
      written = Connections.to(directUrl);
    } catch (IllegalArgumentException e) {
      // Without the cause: a parser's message may quote a piece of the password.
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              property(name, "direct-url") + " cannot be used: " + e.getMessage() + ".")
          .done("nothing was changed.", List.of())
          .advice("write jdbc:postgresql://host:5432/name.")
          .build();
    }
    return Optional.of(
        written.user().isPresent() ? written : written.withUser(user).withPassword(password));
  }

  private Environment knownEnvironment(String value) {
    Environment named = Environment.named(value);
    return named != Environment.UNKNOWN ? named : choice("environment", value, Environment.class);
  }

  private <E extends Enum<E>> E choice(String key, String value, Class<E> choices) {
    for (E choice : choices.getEnumConstants()) {
      if (written(choice).equals(value.strip().toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return choice;
      }
    }
    throw MigrationException.because(
            FailureCode.CONFIGURATION_INVALID, property(name, key) + " cannot be '" + value + "'.")
        .advice("write one of "
            + Arrays.stream(choices.getEnumConstants())
                .map(DataSourceSettings::written)
                .collect(Collectors.joining(", "))
            + ".")
        .build();
  }

  private static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
