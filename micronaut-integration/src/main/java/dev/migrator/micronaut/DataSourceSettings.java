package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Connections;
import dev.migrator.config.DriftPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Limits;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.SchemaRecording;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one data source is migrated. What is not set is the engine's default. Times are texts, because Micronaut takes one that
 * it cannot read for one that is not set.
 *
 * @param name the data source's name
 * @param enabled whether anything is done about it; {@code false} is mode {@code off}
 * @param locations folders of scripts, {@code classpath:..} or {@code filesystem:..}; default {@code
 *     classpath:db/migration}
 * @param naming how the scripts are named, one of {@code automatic, numbered, up-down, flyway, directory, drizzle, dbmate,
 *     goose, sql-migrate}; default {@code automatic}
 * @param recursive whether folders within the locations are read too
 * @param allowEmpty whether a location may hold no script
 * @param placeholders what {@code ${name}} in the scripts stands for, by name, which is taken as it is written; without
 *     any, nothing is replaced
 * @param placeholdersInBodies whether placeholders are replaced in dollar-quoted texts too
 * @param schema where the tracking tables are; default: the session's current schema
 * @param createSchema whether that schema is created when it does not exist
 * @param table the name of the tracking table, from which others are derived; default {@code schema_migrations}
 * @param searchPath the {@code search_path} of the scripts; default: what the session has
 * @param outOfOrder pending migrations older than applied ones: {@code refuse} (default) or {@code apply}
 * @param missing applied migrations without a script: {@code refuse} (default) or {@code tolerate}
 * @param onFailure what a run has completed when a later migration of it fails: {@code keep} (default) or {@code
 *     roll-back}
 * @param partial a migration without a transaction that an earlier run left half-way: {@code resume} (default) or {@code
 *     take-down}
 * @param lockWait how long to wait while another instance migrates, from its last migration; default {@code 5m}
 * @param directUrl the server's own address, when the data source leads through a pooler (PgBouncer): migrations run on a
 *     connection to it, as the data source's user unless it names another
 * @param lockTimeout how long a statement may wait for a lock, and others queue behind it; default {@code 3s}, {@code 0s}:
 *     what the session has
 * @param lockRetry for how long a migration that met a lock is tried again; default {@code 5m}
 * @param statementTimeout how long a statement may take; default: what the session has
 * @param runTimeout how long the whole run may take, waiting for another instance included; default: any time
 * @param reconnect for how long a run that lost its connection looks for another one, to go on; default {@code 1m}, {@code
 *     0s}: not at all
 * @param grace how long a CONCURRENTLY may go on once the run is to stop; default {@code 30s}
 * @param schemas the schemas that fingerprints of the schema are about; default: all
 * @param schemaRecording when the schema's fingerprint is recorded: {@code automatic} (default), {@code off}, {@code
 *     runs}, {@code migrations}
 * @param keepSnapshots whether the whole snapshot is kept with the fingerprint
 * @param onDrift when the schema is not what the last run left: {@code ignore}, {@code warn} (default) or {@code refuse}
 * @param environment what the database is used for: {@code development}, {@code test}, {@code staging}, {@code
 *     production}; default: {@code MIGRATOR_ENVIRONMENT}, Micronaut's active environments, {@code NODE_ENV}
 * @param confirmProduction whether pending migrations may be applied in production; default: the variable {@code
 *     CONFIRM_PRODUCTION_MIGRATION}
 * @param confirmPlan the digest of a plan: exactly that plan may be applied in production, and no other
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
    @Nullable List<String> schemas,
    @Nullable String schemaRecording,
    @Bindable(defaultValue = "false") boolean keepSnapshots,
    @Nullable String onDrift,
    @Nullable String environment,
    @Nullable Boolean confirmProduction,
    @Nullable String confirmPlan) {

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
      "schemas",
      "schema-recording",
      "keep-snapshots",
      "on-drift",
      "environment",
      "confirm-production",
      "confirm-plan");

  /** The settings of a data source about which nothing was said. */
  static DataSourceSettings defaults(String name) {
    return new DataSourceSettings(
        name, true, null, null, false, false, null, false, null, false, null, null, null, null,
        null, null, null, null, null, null, null, null, null, null, null, null, false, null, null,
        null, null);
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
        .keepSnapshots(keepSnapshots)
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
    if (schemas != null) {
      engine.schemas(schemas.toArray(String[]::new));
    }
    if (schemaRecording != null) {
      engine.schemaRecording(choice("schema-recording", schemaRecording, SchemaRecording.class));
    }
    if (onDrift != null) {
      engine.drift(choice("on-drift", onDrift, DriftPolicy.class));
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
    if (confirmPlan != null) {
      engine.confirmPlan(confirmPlan);
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
    Connections written = BootOptions.address(property(name, "direct-url"), directUrl);
    // Somebody else's password is of no use to a user that the address names.
    boolean namesUser = !written.user().orElse("").isEmpty();
    Connections asUser = namesUser ? written : written.withUser(user);
    return Optional.of(
        namesUser || written.password().isPresent() ? asUser : asUser.withPassword(password));
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
    return SettingValues.time(property(name, key), value, reader);
  }

  private Environment knownEnvironment(String value) {
    Environment named = Environment.named(value);
    return named != Environment.UNKNOWN ? named : choice("environment", value, Environment.class);
  }

  private <E extends Enum<E>> E choice(String key, String value, Class<E> choices) {
    return SettingValues.choice(property(name, key), value, choices);
  }
}
