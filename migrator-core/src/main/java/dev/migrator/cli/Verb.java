package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationIndex;
import dev.migrator.ScriptReader;
import dev.migrator.config.DuplicateVersionPolicy;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.NamingConvention;
import dev.migrator.config.RollbackTarget;
import dev.migrator.render.ScriptText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Something that the program can be told to do.
 *
 * @param name as the command line has it
 * @param summary what it does, in a sentence or two
 * @param options the options that not every verb has
 * @param work does it
 */
record Verb(String name, String summary, List<Option<?>> options, Work work) {

  /** What a verb does. */
  sealed interface Work {

    /** Something with a database. */
    record OnDatabase(BiFunction<MigrationEngine, Arguments, Outcome> operation) implements Work {}

    /**
     * Something with files alone.
     *
     * @param argument what stands for its argument in the help
     */
    record OnFiles(String argument, Function<Arguments, Outcome> operation) implements Work {}
  }

  private Verb(
      String name,
      String summary,
      List<Option<?>> options,
      BiFunction<MigrationEngine, Arguments, Outcome> operation) {
    this(name, summary, options, new Work.OnDatabase(operation));
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
              Options.SINGLE_TRANSACTION),
          Verb::migrate),
      new Verb(
          "plan",
          "Shows what migrate would do. Writes nothing and takes no lock.",
          List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS),
          (engine, given) -> Outcome.of(engine.plan(target(given)))),
      new Verb(
          "status",
          "Lists every migration with its state. Writes nothing and takes no lock.",
          List.of(),
          (engine, given) -> Outcome.of(engine.status())),
      new Verb(
          "validate",
          "Tells whether scripts and database agree. Writes nothing and takes no lock.",
          List.of(),
          (engine, given) -> Outcome.of(engine.validate())),
      new Verb(
          "rollback",
          "Undoes applied migrations with their down scripts, latest first; without an option the latest one alone.",
          List.of(Options.LAST_STEPS, Options.DOWN_TO, Options.ALL, Options.DRY_RUN),
          Verb::rollback),
      new Verb(
          "baseline",
          "Declares that a database which existed before is at a version.",
          List.of(Options.BASELINE_VERSION),
          (engine, given) -> Outcome.of(engine.baseline(given.require(Options.BASELINE_VERSION)))),
      new Verb(
          "repair",
          "Settles disagreements in favour of the scripts: accepts edited ones, forgets attempts that stopped half-way.",
          List.of(Options.SETTLED_VERSION, Options.STATEMENT, Options.REAPPLY),
          Verb::repair),
      new Verb(
          "index",
          "Writes the index of a folder of scripts, for a build that packages it. Needs no database.",
          List.of(Options.NAMING, Options.RECURSIVE, Options.DUPLICATES),
          new Work.OnFiles("<folder>", Verb::index)),
      new Verb(
          "statements",
          "Shows how a script is read, statement by statement. Needs no database.",
          List.of(Options.PLACEHOLDER, Options.PLACEHOLDERS_IN_BODIES),
          new Work.OnFiles("<file>", Verb::statements)));

  /** The verb of a name. */
  static Optional<Verb> named(String name) {
    return ALL.stream().filter(verb -> verb.name().equals(name)).findFirst();
  }

  /** Its own options, then those of every verb. */
  Stream<Options.Group> groups() {
    Stream<Options.Group> own =
        options.isEmpty() ? Stream.of() : Stream.of(new Options.Group(heading(), options));
    return Stream.concat(
        own, work instanceof Work.OnFiles ? Stream.of(Options.OUTPUT) : Options.COMMON.stream());
  }

  private String heading() {
    return work instanceof Work.OnFiles ? "Scripts" : "What to " + name;
  }

  /** What stands for the argument that is no option; empty when it has none. */
  String argument() {
    return work instanceof Work.OnFiles files ? files.argument() : "";
  }

  private static Outcome migrate(MigrationEngine engine, Arguments given) {
    MigrationTarget target = target(given);
    return given.has(Options.DRY_RUN)
        ? Outcome.of(engine.plan(target))
        : Outcome.of(engine.migrate(target));
  }

  private static Outcome rollback(MigrationEngine engine, Arguments given) {
    RollbackTarget target = given
        .oneOf(List.of(Options.LAST_STEPS, Options.DOWN_TO, Options.ALL))
        .orElse(RollbackTarget.steps(1));
    return given.has(Options.DRY_RUN)
        ? Outcome.of(engine.planRollback(target))
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

  private static MigrationTarget target(Arguments given) {
    return given
        .oneOf(List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS))
        .orElse(MigrationTarget.latest());
  }
}
