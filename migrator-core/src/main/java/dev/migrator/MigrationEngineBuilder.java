package dev.migrator;

import dev.migrator.config.Connections;
import dev.migrator.config.DriftPolicy;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Limits;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.Safeguards;
import dev.migrator.config.SchemaRecording;
import dev.migrator.config.TransactionMode;
import dev.migrator.event.MigrationListener;
import dev.migrator.internal.execute.Announcements;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.source.JavaMigrations;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link MigrationEngine}. A setter checks its own value; {@link #build()} checks combinations.
 *
 * <p>Required: a {@link #dataSource} or {@link #connections}. Everything else has a default.
 */
public final class MigrationEngineBuilder {

  private static final List<String> DEFAULT_LOCATIONS = List.of("classpath:db/migration");

  private @Nullable DataSource dataSource;
  private @Nullable Connections connections;
  private @Nullable List<String> locations;
  private List<ResolvedCode> javaMigrations = List.of();
  private NamingConvention naming = NamingConvention.AUTOMATIC;
  private boolean recursive;
  private boolean allowEmptyLocations;
  private DuplicateVersionPolicy duplicateVersions = DuplicateVersionPolicy.REFUSE;
  private Map<String, String> placeholders = Map.of();
  private boolean placeholdersInBodies;
  private @Nullable ClassLoader classLoader;
  private @Nullable String trackingSchema;
  private String trackingTable = TrackingNames.DEFAULT_TABLE;
  private boolean createTrackingSchema;
  private List<String> searchPath = List.of();
  private String timeZone = "UTC";
  private OutOfOrderPolicy outOfOrder = OutOfOrderPolicy.REFUSE;
  private MissingPolicy missing = MissingPolicy.REFUSE;
  private TransactionMode transactionMode = TransactionMode.PER_MIGRATION;
  private @Nullable Environment environment;
  private List<String> environmentNames = List.of();
  private @Nullable Boolean confirmProduction;
  private @Nullable String confirmPlan;
  private @Nullable String confirmPhrase;
  private @Nullable String appliedBy;
  private Duration lockWait = Duration.ofMinutes(5);
  private PartialPolicy partiallyApplied = PartialPolicy.RESUME;
  private FailurePolicy onFailure = FailurePolicy.KEEP;
  private Limits limits = Limits.DEFAULT;
  private final List<MigrationListener> listeners = new ArrayList<>();
  private boolean stepwise;
  private List<String> schemas = List.of();
  private SchemaRecording schemaRecording = SchemaRecording.AUTOMATIC;
  private boolean keepSnapshots;
  private DriftPolicy drift = DriftPolicy.WARN;
  private Safeguards safeguards = Safeguards.DEFAULT;
  private @Nullable Sources held;
  private Map<String, String> processEnvironment = System.getenv();

  MigrationEngineBuilder() {}

  /** Sets where connections come from. The engine uses one at a time and hands it back as it found it. */
  public MigrationEngineBuilder dataSource(DataSource value) {
    this.dataSource = Objects.requireNonNull(value, "dataSource");
    return this;
  }

  /**
   * Sets how to reach the database directly. Without a {@link #dataSource} the engine opens its one connection itself,
   * for the length of an operation. Beside one whose connections lead through a pooler (PgBouncer and the like), whatever
   * takes the lock uses a connection to this address instead: only so can migrations run that need no transaction.
   */
  public MigrationEngineBuilder connections(Connections value) {
    this.connections = Objects.requireNonNull(value, "connections");
    return this;
  }

  /**
   * Sets where the scripts are: {@code classpath:folder} or {@code filesystem:folder}; without a prefix it is the class
   * path. Default: {@code classpath:db/migration}.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is none
   */
  public MigrationEngineBuilder locations(String... values) {
    return locations(List.of(values));
  }

  /**
   * Sets where the scripts are, as {@link #locations(String...)}.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when there is none
   */
  public MigrationEngineBuilder locations(Collection<String> values) {
    this.locations = Checked.locations(values);
    return this;
  }

  /**
   * Sets the migrations that are written in Java; they stand among the scripts by their versions. When {@link #locations}
   * is not set, there need be no scripts beside them. Default: none.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when one has no usable version, description or checksum;
   *     {@code DUPLICATE_VERSION} when two have the same version
   */
  public MigrationEngineBuilder javaMigrations(Collection<? extends JavaMigration> values) {
    this.javaMigrations = JavaMigrations.read(values);
    return this;
  }

  /** Sets how the files are named. Default: {@link NamingConvention#AUTOMATIC}. */
  public MigrationEngineBuilder naming(NamingConvention value) {
    this.naming = Objects.requireNonNull(value, "naming");
    return this;
  }

  /** Sets whether folders within a location are read too. Default: no. */
  public MigrationEngineBuilder recursive(boolean value) {
    this.recursive = value;
    return this;
  }

  /** Sets whether a location without any script is accepted. Default: no; it is nearly always a wrong path. */
  public MigrationEngineBuilder allowEmptyLocations(boolean value) {
    this.allowEmptyLocations = value;
    return this;
  }

  /** Sets what to do with two scripts of one version. Default: {@link DuplicateVersionPolicy#REFUSE}. */
  public MigrationEngineBuilder duplicateVersions(DuplicateVersionPolicy value) {
    this.duplicateVersions = Objects.requireNonNull(value, "duplicateVersions");
    return this;
  }

  /**
   * Sets the values that {@code ${name}} stands for in the scripts: up, down and stored down scripts, repeatable and baseline
   * ones. Default: none, and then nothing is replaced. Checksums are those of the scripts as they are written.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for a name that is blank or has a brace in it, and for a value
   *     that PostgreSQL cannot take because it holds a NUL character
   */
  public MigrationEngineBuilder placeholders(Map<String, String> values) {
    this.placeholders = Checked.placeholders(values);
    return this;
  }

  /** Sets whether placeholders are replaced in dollar-quoted texts too, for example in functions. Default: no. */
  public MigrationEngineBuilder placeholdersInBodies(boolean value) {
    this.placeholdersInBodies = value;
    return this;
  }

  /** Sets where class path locations are looked up. Default: the thread's context class loader, else the library's own. */
  public MigrationEngineBuilder classLoader(ClassLoader value) {
    this.classLoader = Objects.requireNonNull(value, "classLoader");
    return this;
  }

  /**
   * Sets the schema of the tracking tables, literally. Default: the session's {@code current_schema()}. The scripts'
   * {@link #searchPath} is another setting.
   */
  public MigrationEngineBuilder trackingSchema(String value) {
    this.trackingSchema = Checked.schema(value, "the schema of the tracking tables");
    return this;
  }

  /** Sets whether {@link #trackingSchema} is created when it does not exist. Default: no. */
  public MigrationEngineBuilder createTrackingSchema(boolean value) {
    this.createTrackingSchema = value;
    return this;
  }

  /**
   * Sets the name of the tracking table, literally; the names of the other tables, the view and the function are derived
   * from it. Default: {@code schema_migrations}. One table serves one application.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is empty or leaves no room for the derived names
   */
  public MigrationEngineBuilder trackingTable(String value) {
    this.trackingTable = Checked.trackingTable(value);
    return this;
  }

  /**
   * Sets the {@code search_path} of the scripts, schema by schema, literally. Default: what the session has. Every
   * migration begins with it, whatever the one before it set.
   */
  public MigrationEngineBuilder searchPath(String... schemas) {
    this.searchPath = Checked.searchPath(schemas);
    return this;
  }

  /** Sets the {@code TimeZone} of the scripts. Default: {@code UTC}, whatever the JVM's is. */
  public MigrationEngineBuilder timeZone(String value) {
    this.timeZone = Checked.name(value, "the time zone", 200);
    return this;
  }

  /** Sets what to do with pending migrations that are older than applied ones. Default: {@link OutOfOrderPolicy#REFUSE}. */
  public MigrationEngineBuilder outOfOrder(OutOfOrderPolicy value) {
    this.outOfOrder = Objects.requireNonNull(value, "outOfOrder");
    return this;
  }

  /** Sets what to do with applied migrations that have no script. Default: {@link MissingPolicy#REFUSE}. */
  public MigrationEngineBuilder missing(MissingPolicy value) {
    this.missing = Objects.requireNonNull(value, "missing");
    return this;
  }

  /** Sets how many transactions a run uses. Default: {@link TransactionMode#PER_MIGRATION}. */
  public MigrationEngineBuilder transactionMode(TransactionMode value) {
    this.transactionMode = Objects.requireNonNull(value, "transactionMode");
    return this;
  }

  /**
   * Sets what the database is used for. Default: the environment variable {@code MIGRATOR_ENVIRONMENT}, else the
   * {@link #environmentNames}, else {@code NODE_ENV}, else {@link Environment#UNKNOWN}, which counts as production.
   */
  public MigrationEngineBuilder environment(Environment value) {
    this.environment = Objects.requireNonNull(value, "environment");
    return this;
  }

  /**
   * Sets the names of the environments that a framework runs in; the first that {@link Environment#named} knows counts.
   * They come after {@link #environment} and {@code MIGRATOR_ENVIRONMENT}. Production wins over any other name.
   */
  public MigrationEngineBuilder environmentNames(Collection<String> values) {
    this.environmentNames = List.copyOf(values);
    return this;
  }

  /**
   * Confirms changes in production, and where the environment is unknown. Default: whether the environment variable
   * {@code CONFIRM_PRODUCTION_MIGRATION} is {@code true}.
   */
  public MigrationEngineBuilder confirmProduction(boolean value) {
    this.confirmProduction = value;
    return this;
  }

  /**
   * Confirms one plan and no other, in production and where the environment is unknown; any other plan is refused, in every
   * environment. Default: the environment variable {@code CONFIRM_PRODUCTION_MIGRATION}, where it holds a digest.
   *
   * @param digest {@link dev.migrator.report.MigrationPlan#digest()}
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is not written like one
   */
  public MigrationEngineBuilder confirmPlan(String digest) {
    this.confirmPlan = Checked.digest(digest);
    return this;
  }

  /**
   * Confirms changes in production by a phrase that a person typed: {@value dev.migrator.config.Review#PHRASE}. Where {@link
   * dev.migrator.config.Review#phrase} asks for it, nothing else does. Default: the environment variable {@code
   * CONFIRM_PRODUCTION_MIGRATION}, where it holds the phrase.
   */
  public MigrationEngineBuilder confirmPhrase(String phrase) {
    this.confirmPhrase = Objects.requireNonNull(phrase, "phrase");
    return this;
  }

  /** Sets who is recorded as having applied migrations. Default: {@code GITHUB_ACTOR}, else {@code user@host}. */
  public MigrationEngineBuilder appliedBy(String value) {
    this.appliedBy = Checked.name(value, "appliedBy", 1_000);
    return this;
  }

  /**
   * Sets how long to wait for the advisory lock while another instance migrates; the time starts again whenever that
   * instance completes a migration. Default: 5 minutes.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it is negative
   */
  public MigrationEngineBuilder lockWait(Duration value) {
    this.lockWait = Checked.lockWait(value);
    return this;
  }

  /** Sets what happens to a migration that an earlier run left half-way. Default: {@link PartialPolicy#RESUME}. */
  public MigrationEngineBuilder partiallyApplied(PartialPolicy value) {
    this.partiallyApplied = Objects.requireNonNull(value, "partiallyApplied");
    return this;
  }

  /** Sets what happens to what a run has completed when a later migration fails. Default: {@link FailurePolicy#KEEP}. */
  public MigrationEngineBuilder onFailure(FailurePolicy value) {
    this.onFailure = Objects.requireNonNull(value, "onFailure");
    return this;
  }

  /**
   * Changes how long things may take: {@code limits(l -> l.lockTimeout(Duration.ofSeconds(5)))}. Default: {@link
   * Limits#DEFAULT}.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a time is negative or longer than 24 days
   */
  public MigrationEngineBuilder limits(UnaryOperator<Limits> change) {
    this.limits = Checked.limits(limits, change);
    return this;
  }

  /** Adds somebody who is told what the engine does. Default: nobody. */
  public MigrationEngineBuilder listener(MigrationListener value) {
    this.listeners.add(Objects.requireNonNull(value, "listener"));
    return this;
  }

  /**
   * Sets whether every statement is sent and awaited by itself, instead of a whole migration in one message. The outcome
   * is the same; it costs a round trip per statement. Default: no.
   */
  public MigrationEngineBuilder stepwise(boolean value) {
    this.stepwise = value;
    return this;
  }

  /**
   * Sets the schemas that fingerprints, snapshots and drift are about. Default: all that are not the system's. Where two
   * applications share a database, each names its own.
   */
  public MigrationEngineBuilder schemas(String... values) {
    for (String schema : values) {
      Checked.schema(schema, "a schema");
    }
    this.schemas = List.of(values);
    return this;
  }

  /** Sets when the schema's fingerprint is recorded. Default: {@link SchemaRecording#AUTOMATIC}. */
  public MigrationEngineBuilder schemaRecording(SchemaRecording value) {
    this.schemaRecording = Objects.requireNonNull(value, "schemaRecording");
    return this;
  }

  /**
   * Sets whether the history keeps the whole snapshot after a run, compressed, beside its fingerprint: then drift is told
   * object by object. Default: no.
   */
  public MigrationEngineBuilder keepSnapshots(boolean value) {
    this.keepSnapshots = value;
    return this;
  }

  /**
   * Sets what a run does when the schema is not what the run before it left. Default: {@link DriftPolicy#WARN}. Nobody
   * looks where {@link #schemaRecording} is off.
   */
  public MigrationEngineBuilder drift(DriftPolicy value) {
    this.drift = Objects.requireNonNull(value, "drift");
    return this;
  }

  /** The one way to the database, whatever was said of it. */
  MigrationEngineBuilder onlyConnections(Connections value) {
    this.dataSource = null;
    this.connections = value;
    return this;
  }

  /** What was read before, in place of what the locations hold by now. */
  MigrationEngineBuilder sources(Sources value) {
    this.held = value;
    return this;
  }

  /** The process's environment variables, replaced by tests. */
  MigrationEngineBuilder processEnvironment(Map<String, String> value) {
    this.processEnvironment = Map.copyOf(value);
    return this;
  }

  /**
   * What is checked and saved before and after a run: the present safeguards in, changed ones out. Default: {@link
   * Safeguards#DEFAULT}.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when a value cannot be used, or there is no check of an id
   */
  public MigrationEngineBuilder safeguards(UnaryOperator<Safeguards> change) {
    this.safeguards = Checked.safeguards(safeguards, change);
    return this;
  }

  /**
   * The engine. Nothing is read and no connection is opened before its first operation.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when settings are missing or contradict each other
   */
  public MigrationEngine build() {
    if (createTrackingSchema && trackingSchema == null) {
      throw Checked.invalid(
          "createTrackingSchema needs the schema's name.", "set trackingSchema(\"name\").");
    }
    Surroundings surroundings = new Surroundings(processEnvironment);
    String by = appliedBy;
    return new MigrationEngine(new Settings(
        new Settings.Database(
            effectiveDataSource(),
            connections,
            dataSource == null || connections == null ? null : DriverDataSource.to(connections)),
        held == null ? sources() : held,
        new Settings.Tracking(trackingSchema, trackingTable, createTrackingSchema),
        new Settings.ScriptSession(searchPath, timeZone),
        new Settings.Permission(
            surroundings.environment(environment, environmentNames),
            surroundings.confirmation(confirmProduction, confirmPlan, confirmPhrase),
            () -> surroundings.appliedBy(by)),
        new Comparison.Policies(outOfOrder, missing),
        new Settings.Conduct(
            transactionMode, lockWait, partiallyApplied, onFailure, limits, stepwise),
        new Settings.SchemaWatch(schemas, schemaRecording, keepSnapshots, drift),
        safeguards,
        new Announcements(listeners),
        null));
  }

  /** What holds scripts against the rules. */
  Linter linter() {
    return new Linter(safeguards.lintRules(), limits.lockTimeout(), searchPath);
  }

  /** Where it finds its migrations. */
  Sources sources() {
    MigrationSource.Settings reading =
        new MigrationSource.Settings(naming, recursive, allowEmptyLocations, duplicateVersions);
    MigrationSource scripts = new MigrationSource(
            locations == null ? DEFAULT_LOCATIONS : locations, effectiveClassLoader(), reading)
        .replacing(new ReadingRules(1, false, null, placeholders, placeholdersInBodies));
    return new Sources(
        scripts, javaMigrations, locations == null && !javaMigrations.isEmpty(), null);
  }

  private DataSource effectiveDataSource() {
    if (dataSource != null) {
      return dataSource;
    }
    if (connections != null) {
      return DriverDataSource.to(connections);
    }
    throw Checked.invalid(
        "there is no database to migrate.", "set dataSource(..) or connections(..).");
  }

  private ClassLoader effectiveClassLoader() {
    if (classLoader != null) {
      return classLoader;
    }
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null
        ? context
        : Objects.requireNonNull(MigrationEngine.class.getClassLoader());
  }
}
