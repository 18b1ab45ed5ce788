package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Limits;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
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
 * How one data source is migrated. What is not set is the engine's default. Times are texts, because Micronaut takes one that
 * it cannot read for one that is not set.
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
 * @param onFailure what to do with what a run has completed when a later migration fails
 * @param partial what to do with a migration that stopped half-way
 * @param lockWait how long to wait while another instance migrates
 * @param directUrl the server's own address, when the data source leads through a pooler
 * @param lockTimeout how long a statement may wait for a lock
 * @param lockRetry for how long a migration that met a lock is tried again
 * @param statementTimeout how long a statement may take
 * @param runTimeout how long the whole run may take
 * @param reconnect for how long a run that lost its connection looks for another one
 * @param grace how long a CONCURRENTLY may go on once the run is to stop
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
    @Nullable String onFailure,
    @Nullable String partial,
    @Nullable String lockWait,
    @Nullable String directUrl,
    @Nullable String lockTimeout,
    @Nullable String lockRetry,
    @Nullable String statementTimeout,
    @Nullable String runTimeout,
    @Nullable String reconnect,
    @Nullable String grace,
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
      "on-failure",
      "partial",
      "lock-wait",
      "direct-url",
      "lock-timeout",
      "lock-retry",
      "statement-timeout",
      "run-timeout",
      "reconnect",
      "grace",
      "environment",
      "confirm-production");

  /** The settings of a data source about which nothing was said. */
  static DataSourceSettings defaults(String name) {
    return new DataSourceSettings(
        name, true, null, null, false, false, null, false, null, false, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null);
  }

  /** The full name of one of these properties. */
  static String property(String dataSource, String key) {
    return PREFIX + "." + dataSource + "." + key;
  }

  /**
   * Hands what is set to an engine.
   *
   * @param reader reads times as Micronaut does
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used
   */
  MigrationEngineBuilder toEngine(ConversionService reader) {
    MigrationEngineBuilder engine = MigrationEngine.builder()
        .recursive(recursive)
        .allowEmptyLocations(allowEmpty)
        .placeholdersInBodies(placeholdersInBodies)
        .createTrackingSchema(createSchema)
        .limits(defaults -> limits(defaults, reader));
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
    if (onFailure != null) {
      engine.onFailure(choice("on-failure", onFailure, FailurePolicy.class));
    }
    if (partial != null) {
      engine.partiallyApplied(choice("partial", partial, PartialPolicy.class));
    }
    if (lockWait != null) {
      engine.lockWait(time("lock-wait", lockWait, Duration.ZERO, reader));
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

  private Limits limits(Limits defaults, ConversionService reader) {
    return defaults
        .lockTimeout(time("lock-timeout", lockTimeout, defaults.lockTimeout(), reader))
        .lockRetry(time("lock-retry", lockRetry, defaults.lockRetry(), reader))
        .statementTimeout(
            time("statement-timeout", statementTimeout, defaults.statementTimeout(), reader))
        .run(time("run-timeout", runTimeout, defaults.run(), reader))
        .reconnect(time("reconnect", reconnect, defaults.reconnect(), reader))
        .grace(time("grace", grace, defaults.grace(), reader));
  }

  private Duration time(
      String key, @Nullable String value, Duration otherwise, ConversionService reader) {
    if (value == null) {
      return otherwise;
    }
    Optional<Duration> time = reader.convert(value.strip(), Duration.class);
    if (time.isEmpty()) {
      throw cannotBe(key, value, "a number and its unit: 500ms, 30s, 5m or 1h");
    }
    return time.get();
  }

  private MigrationException cannotBe(String key, String value, String instead) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID, property(name, key) + " cannot be '" + value + "'.")
        .advice("write " + instead + ".")
        .build();
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
    throw cannotBe(
        key,
        value,
        "one of "
            + Arrays.stream(choices.getEnumConstants())
                .map(DataSourceSettings::written)
                .collect(Collectors.joining(", ")));
  }

  private static String written(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
