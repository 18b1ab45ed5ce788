package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.MissingPolicy;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.OutOfOrderPolicy;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.RollbackTarget;
import dev.migrator.config.StatementOutcome;
import dev.migrator.config.TransactionMode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every option there is. */
final class Options {

  private Options() {}

  static final Option<String> URL = Option.of(
      "--url",
      "<url>",
      Function.identity(),
      "The database: postgresql://user@host:5432/name or jdbc:postgresql://host:5432/name."
          + " Default: the environment variable DATABASE_URL. A password in it can be seen in the process list.");

  static final Option<String> USER = Option.of(
      "--user",
      "<name>",
      Function.identity(),
      "Who connects. Default: the URL's user, else PGUSER, else the operating system's user.");

  static final Option<Boolean> PASSWORD_STDIN = Option.flag(
      "--password-stdin",
      "Read the password from the first line of standard input."
          + " Without it: the URL's, else PGPASSWORD, else the pgpass file.");

  static final Option<String> SCHEMA = Option.of(
      "--schema",
      "<name>",
      Function.identity(),
      MigrationEngineBuilder::trackingSchema,
      "The schema of the tracking tables. Default: the connection's current schema.");

  static final Option<Boolean> CREATE_SCHEMA = Option.flag(
      "--create-schema",
      MigrationEngineBuilder::createTrackingSchema,
      "Create that schema when it does not exist.");

  static final Option<String> TABLE = Option.of(
      "--table",
      "<name>",
      Function.identity(),
      MigrationEngineBuilder::trackingTable,
      "The tracking table. Default: schema_migrations. One table serves one application.");

  static final Option<List<String>> LOCATION = new Option<>(
      "--location",
      "<folder>",
      true,
      "A folder of scripts; may be repeated. Default: db/migration. classpath:folder looks on the class path.",
      folders -> folders.stream().map(Values::location).toList(),
      MigrationEngineBuilder::locations);

  static final Option<NamingConvention> NAMING = Option.of(
      "--naming",
      Values.choices(NamingConvention.class),
      Values.oneOf(NamingConvention.class),
      MigrationEngineBuilder::naming,
      "How the files are named. Default: automatic.");

  static final Option<Boolean> RECURSIVE = Option.flag(
      "--recursive", MigrationEngineBuilder::recursive, "Read the folders within a location too.");

  static final Option<Boolean> ALLOW_EMPTY = Option.flag(
      "--allow-empty",
      MigrationEngineBuilder::allowEmptyLocations,
      "Accept a location without any script.");

  static final Option<DuplicateVersionPolicy> DUPLICATES = Option.of(
      "--duplicates",
      Values.choices(DuplicateVersionPolicy.class),
      Values.oneOf(DuplicateVersionPolicy.class),
      MigrationEngineBuilder::duplicateVersions,
      "What to do with two scripts of one version. Default: refuse.");

  static final Option<Map<String, String>> PLACEHOLDER = new Option<>(
      "--placeholder",
      "<name=value>",
      true,
      "What ${name} in a script stands for; may be repeated. Without any, nothing is replaced.",
      Values::placeholders,
      MigrationEngineBuilder::placeholders);

  static final Option<Boolean> PLACEHOLDERS_IN_BODIES = Option.flag(
      "--placeholders-in-bodies",
      MigrationEngineBuilder::placeholdersInBodies,
      "Replace placeholders in dollar-quoted texts too.");

  static final Option<OutOfOrderPolicy> OUT_OF_ORDER = Option.of(
      "--out-of-order",
      Values.choices(OutOfOrderPolicy.class),
      Values.oneOf(OutOfOrderPolicy.class),
      MigrationEngineBuilder::outOfOrder,
      "What to do with pending migrations that are older than applied ones. Default: refuse.");

  static final Option<MissingPolicy> MISSING = Option.of(
      "--missing",
      Values.choices(MissingPolicy.class),
      Values.oneOf(MissingPolicy.class),
      MigrationEngineBuilder::missing,
      "What to do with applied migrations that have no script any more. Default: refuse.");

  static final Option<Environment> ENVIRONMENT = Option.of(
      "--environment",
      "<name>",
      Values::environment,
      MigrationEngineBuilder::environment,
      "What the database is for: development, test, staging or production. Default: MIGRATOR_ENVIRONMENT, else NODE_ENV;"
          + " unknown counts as production.");

  static final Option<Boolean> CONFIRM_PRODUCTION = Option.flag(
      "--confirm-production",
      MigrationEngineBuilder::confirmProduction,
      "Confirm changes in production. Default: whether CONFIRM_PRODUCTION_MIGRATION is true.");

  static final Option<FailurePolicy> ON_FAILURE = Option.of(
      "--on-failure",
      Values.choices(FailurePolicy.class),
      Values.oneOf(FailurePolicy.class),
      MigrationEngineBuilder::onFailure,
      "What to do with what a run has completed when a later migration fails. Default: keep.");

  static final Option<PartialPolicy> PARTIAL = Option.of(
      "--partial",
      Values.choices(PartialPolicy.class),
      Values.oneOf(PartialPolicy.class),
      MigrationEngineBuilder::partiallyApplied,
      "What to do with a migration without a transaction that stopped half-way. Default: resume.");

  static final Option<List<String>> SEARCH_PATH = Option.of(
      "--search-path",
      "<schemas>",
      Values::list,
      (builder, schemas) -> builder.searchPath(schemas.toArray(String[]::new)),
      "The scripts' search_path, schemas divided by commas. Default: the connection's.");

  static final Option<String> TIME_ZONE = Option.of(
      "--time-zone",
      "<zone>",
      Function.identity(),
      MigrationEngineBuilder::timeZone,
      "The scripts' TimeZone. Default: UTC.");

  static final Option<String> APPLIED_BY = Option.of(
      "--applied-by",
      "<name>",
      Function.identity(),
      MigrationEngineBuilder::appliedBy,
      "Who is recorded. Default: GITHUB_ACTOR, else user@host.");

  static final Option<Boolean> STEPWISE = Option.flag(
      "--stepwise",
      MigrationEngineBuilder::stepwise,
      "Await every statement by itself instead of sending a migration in one message.");

  static final Option<Boolean> JSON = Option.flag(
      "--json", "Print one JSON document to standard output, also when the command fails.");

  static final Option<Boolean> VERBOSE = Option.flag(
      "--verbose",
      "Say more on standard error; with a failure, its stack trace. With statements: whole texts.");

  static final Option<MigrationTarget> UP_TO =
      Option.of("--target", "<version>", Values::upTo, "Go up to this version, which is included.");

  static final Option<MigrationTarget> ONLY =
      Option.of("--version", "<version>", Values::only, "Apply this version alone.");

  static final Option<MigrationTarget> FIRST_STEPS =
      Option.of("--steps", "<number>", Values::firstSteps, "Apply that many pending migrations.");

  static final Option<RollbackTarget> DOWN_TO = Option.of(
      "--target",
      "<version>",
      Values::downTo,
      "Undo what was applied after this version, which stays.");

  static final Option<RollbackTarget> LAST_STEPS =
      Option.of("--steps", "<number>", Values::lastSteps, "Undo that many migrations. Default: 1.");

  static final Option<RollbackTarget> ALL = new Option<>(
      "--all",
      "",
      false,
      "Undo every applied migration.",
      texts -> RollbackTarget.all(),
      (builder, ignored) -> {});

  static final Option<Boolean> DRY_RUN =
      Option.flag("--dry-run", "Show what would run, and change nothing.");

  static final Option<Boolean> SINGLE_TRANSACTION = Option.flag(
      "--single-transaction",
      (builder, on) -> builder.transactionMode(TransactionMode.SINGLE),
      "Apply all pending migrations in one transaction: all of them or none.");

  static final Option<String> BASELINE_VERSION = Option.of(
      "--version",
      "<version>",
      Values::version,
      "The version that the database is at: migrations up to it never run. Required.");

  static final Option<String> REAPPLY = Option.of(
      "--reapply",
      "<version>",
      Values::version,
      "Run this applied migration's script once more, in development and test only.");

  static final Option<String> SETTLED_VERSION = Option.of(
      "--version",
      "<version>",
      Values::migration,
      "The migration that stopped half-way, for --statement.");

  static final Option<StatementOutcome> STATEMENT = Option.of(
      "--statement",
      Values.choices(StatementOutcome.class),
      Values.oneOf(StatementOutcome.class),
      "Whether the one statement of --version that nobody knows of is done, or runs again.");

  /** Options under a heading of the help. */
  record Group(String heading, List<Option<?>> options) {}

  /** What every verb understands. */
  static final Group OUTPUT = new Group(
      "Configuration and output",
      List.of(
          ConfigOptions.CONFIG, ConfigOptions.NO_CONFIG, ConfigOptions.SHOW_CONFIG, JSON, VERBOSE));

  /** Which scripts there are, and how they are read. */
  static final Group SCRIPTS = new Group(
      "Scripts",
      List.of(
          LOCATION,
          NAMING,
          RECURSIVE,
          ALLOW_EMPTY,
          DUPLICATES,
          PLACEHOLDER,
          PLACEHOLDERS_IN_BODIES));

  /** What every verb that works on a database understands. */
  static final List<Group> COMMON = List.of(
      new Group("Database", List.of(URL, USER, PASSWORD_STDIN)),
      SCRIPTS,
      new Group(
          "Tracking table",
          List.of(SCHEMA, CREATE_SCHEMA, TABLE, OUT_OF_ORDER, MISSING, APPLIED_BY)),
      new Group(
          "Running",
          List.of(
              ENVIRONMENT,
              CONFIRM_PRODUCTION,
              ReviewOptions.CONFIRM_PLAN,
              ReviewOptions.CONFIRM_PHRASE,
              ReviewOptions.REQUIRE_PHRASE,
              ON_FAILURE,
              PARTIAL,
              SEARCH_PATH,
              TIME_ZONE,
              STEPWISE)),
      LintOptions.GROUP,
      LimitOptions.GROUP,
      SchemaOptions.GROUP,
      OUTPUT);

  /** What a verb understands that works on databases of its own. */
  static final List<Group> ON_SCRIPTS = List.of(
      SCRIPTS,
      new Group("Running", List.of(SCHEMA, CREATE_SCHEMA, TABLE, SEARCH_PATH, TIME_ZONE)),
      OUTPUT);
}
