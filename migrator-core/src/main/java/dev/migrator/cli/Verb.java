package dev.migrator.cli;

import dev.migrator.ChangeLogReader;
import dev.migrator.MigrationEngine;
import dev.migrator.MigrationIndex;
import dev.migrator.ScriptReader;
import dev.migrator.StopAtShutdown;
import dev.migrator.config.DriftReference;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.RollbackTarget;
import dev.migrator.render.ScriptText;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaSnapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Something that the program can be told to do.
 *
 * @param name as the command line has it
 * @param summary what it does, in a sentence or two
 * @param options the options that not every verb has
 * @param more further ones, under headings of their own
 * @param work does it
 */
record Verb(
    String name, String summary, List<Option<?>> options, List<Options.Group> more, Work work) {

  /** What a verb does. */
  sealed interface Work {

    /**
     * Something with a database.
     *
     * @param argument what stands for its argument in the help; empty when it has none
     */
    record OnDatabase(String argument, Operation operation) implements Work {

      /** One without an argument. */
      OnDatabase(Operation operation) {
        this("", operation);
      }

      /** What is asked of the engine. */
      @FunctionalInterface
      interface Operation {

        Outcome run(MigrationEngine engine, Arguments given, Console console);
      }
    }

    /**
     * Something with scripts, on databases that it makes and drops.
     *
     * @param argument what stands for its argument in the help; empty when it has none
     */
    record OnScripts(String argument, BiFunction<Arguments, Console, Job> operation)
        implements Work {

      /** One without an argument. */
      OnScripts(BiFunction<Arguments, Console, Job> operation) {
        this("", operation);
      }
    }

    /** Something with a database, or without one, on databases that it makes and drops. */
    record OnEither(BiFunction<Arguments, Console, Job> operation) implements Work {}

    /**
     * Something with files alone.
     *
     * @param argument what stands for its argument in the help
     */
    record OnFiles(String argument, Function<Arguments, Outcome> operation) implements Work {}
  }

  /**
   * Work that the end of the process can stop.
   *
   * @param cancel as {@link StopAtShutdown#during(BooleanSupplier, Duration, Supplier)} has it
   * @param longestWait how long the end of the process waits for it
   */
  record Job(BooleanSupplier cancel, Duration longestWait, Supplier<Outcome> work) {

    /** One that takes a moment. */
    static Job of(Supplier<Outcome> work) {
      return new Job(() -> false, Duration.ZERO, work);
    }
  }

  private Verb(String name, String summary, List<Option<?>> options, Work work) {
    this(name, summary, options, List.of(), work);
  }

  private Verb(
      String name,
      String summary,
      List<Option<?>> options,
      BiFunction<MigrationEngine, Arguments, Outcome> operation) {
    this(
        name,
        summary,
        options,
        new Work.OnDatabase((engine, given, console) -> operation.apply(engine, given)));
  }

  /** Every verb, in the order of the help. */
  static final List<Verb> ALL = List.of(
      new Verb(
          "migrate",
          "Applies the pending migrations.",
          List.of(
              Options.UP_TO,
              Options.ONLY,
              Options.FIRST_STEPS,
              Options.DRY_RUN,
              DryRunOptions.IN_DATABASE,
              DryRunOptions.SAMPLE_ROWS,
              ReviewOptions.REQUIRE_DRY_RUN,
              ServerOption.SERVER,
              ReviewOptions.REVIEW_WINDOW,
              Options.SINGLE_TRANSACTION,
              BackupOptions.BACKUP,
              BackupOptions.DIRECTORY,
              BackupOptions.FORMAT,
              BackupOptions.JOBS,
              BackupOptions.ENCRYPT,
              BackupOptions.PROGRAMS,
              BackupOptions.KEEP,
              BackupOptions.RESTORE_POINT,
              CreateDatabase.OPTION),
          List.of(new Options.Group("Checks", CheckOptions.OF_RUN), LogFiles.GROUP),
          new Work.OnDatabase(CheckOptions::migrate)),
      new Verb(
          "plan",
          "Shows what migrate would do. Writes nothing and takes no lock.",
          List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS),
          (engine, given) -> Outcome.of(engine.plan(target(given)))),
      new Verb(
          "dry-run",
          "Tries what migrate would do on a throw-away copy of the schema, and tells what each statement does there. Writes nothing"
              + " in the database.",
          DryRunOptions.ALL,
          new Work.OnDatabase(DryRunOptions::dryRun)),
      new Verb(
          "status",
          "Lists every migration with its state. Writes nothing and takes no lock.",
          List.of(),
          (engine, given) -> Outcome.of(engine.status())),
      new Verb(
          "history",
          "Lists what was done in the database and by whom, newest first. Writes nothing and takes no lock.",
          List.of(HistoryOptions.LIMIT, HistoryOptions.VERSION),
          HistoryOptions::history),
      new Verb(
          "validate",
          "Tells whether scripts and database agree. Writes nothing and takes no lock.",
          List.of(),
          (engine, given) -> Outcome.of(engine.validate())),
      new Verb(
          "rollback",
          "Undoes applied migrations with their down scripts, latest first; without an option the latest one alone.",
          List.of(
              Options.LAST_STEPS,
              Options.DOWN_TO,
              Options.ALL,
              Options.DRY_RUN,
              ReviewOptions.REQUIRE_DRY_RUN,
              ServerOption.SERVER,
              BackupOptions.PROGRAMS,
              ReviewOptions.REVIEW_WINDOW),
          List.of(LogFiles.GROUP),
          new Work.OnDatabase(Verb::rollback)),
      new Verb(
          "baseline",
          "Declares that a database which existed before is at a version.",
          List.of(Options.BASELINE_VERSION),
          List.of(LogFiles.GROUP),
          new Work.OnDatabase((engine, given, console) ->
              Outcome.of(engine.baseline(given.require(Options.BASELINE_VERSION))))),
      new Verb(
          "repair",
          "Settles disagreements in favour of the scripts: accepts edited ones, forgets attempts that stopped half-way.",
          List.of(Options.SETTLED_VERSION, Options.STATEMENT, Options.REAPPLY),
          List.of(LogFiles.GROUP),
          new Work.OnDatabase((engine, given, console) -> repair(engine, given))),
      new Verb(
          "backup",
          "Backs the database up with pg_dump, as migrate does before it begins. Takes no lock.",
          BackupOptions.OF_BACKUP,
          (engine, given) -> Outcome.of(engine.backup())),
      new Verb(
          "restore",
          "Brings a backup back into a new database. Never over one that exists, unless a phrase is typed; and then that one is"
              + " kept under another name.",
          BackupOptions.OF_RESTORE,
          new Work.OnDatabase("<file>", BackupOptions::restore)),
      new Verb(
          "verify",
          "Applies every migration on throw-away databases, takes it back and applies it again; tells which down scripts do not"
              + " restore what was there. Never touches a database that exists.",
          VerifyOptions.ALL,
          new Work.OnScripts(VerifyOptions::verify)),
      new Verb(
          "trace",
          "Applies what is pending on a throw-away copy of the schema and tells what each statement locks, rewrites and reads from"
              + " end to end. Writes nothing in the database and takes no lock.",
          TraceOptions.ALL,
          new Work.OnEither(TraceOptions::trace)),
      new Verb(
          "lint",
          "Holds scripts against rules: what locks, rewrites, destroys, fails. Needs no database; with --url it is about what is"
              + " pending there, and knows how large the tables are.",
          LintOptions.ALL,
          new Work.OnScripts(LintOptions::lint)),
      new Verb(
          "preflight",
          "Asks the checks that migrate begins with. Writes nothing in the database and takes no lock.",
          CheckOptions.OF_PREFLIGHT,
          List.of(LogFiles.GROUP),
          new Work.OnDatabase((engine, given, console) -> CheckOptions.preflight(engine, given))),
      new Verb(
          "postflight",
          "Asks the checks that migrate ends with. Writes nothing in the database and takes no lock.",
          CheckOptions.OF_POSTFLIGHT,
          List.of(LogFiles.GROUP),
          new Work.OnDatabase((engine, given, console) -> CheckOptions.postflight(engine))),
      new Verb(
          "changelog",
          "Prints what the scripts say of themselves in their first comments, as a change log in Markdown. Needs no database.",
          List.of(),
          new Work.OnScripts(
              (given, console) -> Job.of(() -> Outcome.of(ChangeLogReader.read(given::tell))))),
      new Verb(
          "snapshot",
          "Prints the schema as a snapshot file, or checks that one is up to date. Writes nothing and does not take the migration lock.",
          List.of(SchemaOptions.FLAVOUR, SchemaOptions.CHECK),
          Verb::snapshot),
      new Verb(
          "drift",
          "Tells whether the schema is what it should be. Writes nothing and does not take the migration lock.",
          List.of(SchemaOptions.AGAINST, SchemaOptions.FLAVOUR, ServerOption.SERVER),
          new Work.OnDatabase((engine, given, console) ->
              drift(engine, given, SchemaOptions.against(given, console)))),
      new Verb(
          "diff",
          "Tells in what the schemas of two databases differ. Writes nothing and does not take the migration lock.",
          List.of(SchemaOptions.WITH, SchemaOptions.FLAVOUR),
          new Work.OnDatabase((engine, given, console) ->
              drift(engine, given, SchemaOptions.with(given, console)))),
      new Verb(
          "index",
          "Writes the index of a folder of scripts, for a build that packages it. Needs no database.",
          List.of(Options.NAMING, Options.RECURSIVE, Options.DUPLICATES),
          new Work.OnFiles("<folder>", Verb::index)),
      new Verb(
          "new",
          "Begins the next migration: writes its script and its down script, named as the folder's others are; with --from a"
              + " draft of what they do. Touches no database that exists.",
          List.of(NewOptions.FROM, ServerOption.SERVER),
          NewOptions.WORK),
      new Verb(
          "statements",
          "Shows how a script is read, statement by statement. Needs no database.",
          List.of(Options.PLACEHOLDER, Options.PLACEHOLDERS_IN_BODIES),
          new Work.OnFiles("<file>", Verb::statements)),
      new Verb(
          "completion",
          "Prints the script that lets a shell complete verbs and options. Needs no database.",
          List.of(),
          new Work.OnFiles("<bash|zsh>", Completion::script)));

  /** The verb of a name. */
  static Optional<Verb> named(String name) {
    return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
  }

  /** Its own options, then those of every verb. */
  Stream<Options.Group> groups() {
    Stream<Options.Group> own = Stream.concat(
        options.isEmpty() ? Stream.of() : Stream.of(new Options.Group(heading(), options)),
        more.stream());
    if (work instanceof Work.OnFiles) {
      return Stream.concat(own, Stream.of(Options.OUTPUT));
    }
    return Stream.concat(
        own,
        work instanceof Work.OnScripts ? Options.ON_SCRIPTS.stream() : Options.COMMON.stream());
  }

  private String heading() {
    return work instanceof Work.OnFiles ? "Scripts" : "What to " + name;
  }

  /** What stands for the argument that is no option; empty when it has none. */
  String argument() {
    if (work instanceof Work.OnDatabase database) {
      return database.argument();
    }
    if (work instanceof Work.OnScripts scripts) {
      return scripts.argument();
    }
    return work instanceof Work.OnFiles files ? files.argument() : "";
  }

  private static Outcome rollback(MigrationEngine engine, Arguments given, Console console) {
    RollbackTarget target = given
        .oneOf(List.of(Options.LAST_STEPS, Options.DOWN_TO, Options.ALL))
        .orElse(RollbackTarget.steps(1));
    return given.has(Options.DRY_RUN)
        ? Outcome.of(engine.dryRunRollback(target, DryRunOptions.shown(given, console)))
        : Outcome.of(engine.rollback(target));
  }

  private static Outcome repair(MigrationEngine engine, Arguments given) {
    boolean settles = given.get(Options.STATEMENT).isPresent()
        || given.get(Options.SETTLED_VERSION).isPresent();
    if (!settles) {
      return Outcome.of(given.get(Options.REAPPLY).map(engine::reapply).orElseGet(engine::repair));
    }
    if (given.get(Options.REAPPLY).isPresent()) {
      throw UsageErrors.invalid("--reapply and --statement exclude each other.");
    }
    return Outcome.of(engine.repairStatement(
        given.require(Options.SETTLED_VERSION), given.require(Options.STATEMENT)));
  }

  private static Outcome snapshot(MigrationEngine engine, Arguments given) {
    Optional<Path> file = given.get(SchemaOptions.CHECK);
    if (file.isPresent()) {
      return drift(engine, given, DriftReference.snapshot(file.get()));
    }
    SchemaFlavour flavour = given.get(SchemaOptions.FLAVOUR).orElse(SchemaFlavour.STRICT);
    SchemaSnapshot snapshot = engine.snapshot();
    return Outcome.of(flavour == SchemaFlavour.LOGICAL ? snapshot.logical() : snapshot);
  }

  private static Outcome drift(MigrationEngine engine, Arguments given, DriftReference reference) {
    return Outcome.of(engine.drift(reference, SchemaOptions.flavour(given, reference)));
  }

  private static Outcome index(Arguments given) {
    return Outcome.of(MigrationIndex.write(
        Values.path(given.argument("<folder>")),
        given.get(Options.NAMING).orElse(NamingConvention.AUTOMATIC),
        given.has(Options.RECURSIVE),
        given.get(Options.DUPLICATES).orElse(DuplicateVersionPolicy.REFUSE)));
  }

  private static Outcome statements(Arguments given) {
    return Outcome.of(
        ScriptReader.read(
            Values.path(given.argument("<file>")),
            given.get(Options.PLACEHOLDER).orElse(Map.of()),
            given.has(Options.PLACEHOLDERS_IN_BODIES)),
        given.has(Options.VERBOSE) ? ScriptText.Detail.WHOLE_TEXTS : ScriptText.Detail.FIRST_LINES);
  }

  static MigrationTarget target(Arguments given) {
    return given
        .oneOf(List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS))
        .orElse(MigrationTarget.latest());
  }
}
