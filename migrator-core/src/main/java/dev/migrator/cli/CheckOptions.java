package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.ScriptReader;
import dev.migrator.config.CheckPolicy;
import dev.migrator.config.CheckQuery;
import dev.migrator.config.ExpectedColumn;
import dev.migrator.config.Postflight;
import dev.migrator.config.Preflight;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.SafeText;
import dev.migrator.report.PostflightFailedException;
import dev.migrator.report.ScriptStatement;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The checks before and after a run on the command line: the verbs {@code preflight} and {@code postflight}, and their options. */
final class CheckOptions {

  private CheckOptions() {}

  static final Option<CheckPolicy> PREFLIGHT = Option.of(
      "--preflight",
      Values.choices(CheckPolicy.class),
      Values.oneOf(CheckPolicy.class),
      (builder, policy) -> before(builder, checks -> checks.policy(policy)),
      "Whether the checks before the run are asked, and whether one that fails refuses the run. Default: require.");

  static final Option<CheckPolicy> POSTFLIGHT = Option.of(
      "--postflight",
      Values.choices(CheckPolicy.class),
      Values.oneOf(CheckPolicy.class),
      (builder, policy) -> after(builder, checks -> checks.policy(policy)),
      "Whether the checks after the run are asked, and whether one that fails makes the exit code 3. Default: require.");

  static final Option<Boolean> FORCE = Option.flag(
      "--force",
      (builder, on) -> builder.safeguards(safeguards -> safeguards.force(on)),
      "Go on although a check before the run failed; written to the history. Does not confirm production.");

  static final Option<Set<String>> DISABLE = new Option<>(
      "--disable-check",
      "<id>",
      true,
      "Do not ask this check, long-transactions for example; may be repeated.",
      Set::copyOf,
      (builder, ids) -> {
        before(builder, checks -> checks.disabled(ids));
        after(builder, checks -> checks.disabled(ids));
      });

  static final Option<Duration> LONG_TRANSACTION = Option.of(
      "--long-transaction",
      "<time>",
      Values::limit,
      (builder, time) -> before(builder, checks -> checks.longTransaction(time)),
      "From when on a transaction of somebody else's counts as long. Default: 30s.");

  static final Option<List<ExpectedColumn>> EXPECT = new Option<>(
      "--expect",
      "<column>",
      true,
      "A table or column that must be there after the run: person, person.email, public.person.email; may be repeated.",
      texts -> texts.stream().map(ExpectedColumn::of).toList(),
      (builder, columns) -> after(builder, checks -> checks.expected(columns)));

  static final Option<List<Path>> QUERY = new Option<>(
      "--check-query",
      "<file>",
      true,
      "A file with one query that must return no row after the run; may be repeated. It runs in a read-only transaction.",
      files -> files.stream().map(Values::path).toList(),
      (builder, files) -> after(
          builder,
          checks -> checks.queries(files.stream().map(CheckOptions::query).toList())));

  /** What a run knows of the checks. */
  static final List<Option<?>> OF_RUN =
      List.of(PREFLIGHT, POSTFLIGHT, FORCE, DISABLE, LONG_TRANSACTION, EXPECT, QUERY);

  /** What the verb {@code preflight} knows. */
  static final List<Option<?>> OF_PREFLIGHT =
      List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS, DISABLE, LONG_TRANSACTION);

  /** What the verb {@code postflight} knows. */
  static final List<Option<?>> OF_POSTFLIGHT = List.of(DISABLE, EXPECT, QUERY);

  /** What holds where nothing is said: on the command line a run is checked before and after. */
  static void defaults(Verb verb, Arguments given, MigrationEngineBuilder builder) {
    if (verb.name().equals("migrate")) {
      before(builder, checks -> checks.policy(CheckPolicy.REQUIRE));
      after(builder, checks -> checks.policy(CheckPolicy.REQUIRE));
    }
    after(builder, checks -> checks.showRows(given.has(Options.VERBOSE)));
  }

  static Outcome preflight(MigrationEngine engine, Arguments given) {
    return Outcome.of(engine.preflight(Verb.target(given)));
  }

  static Outcome postflight(MigrationEngine engine) {
    return Outcome.of(engine.postflight());
  }

  /** Applies; of a run whose checks afterwards failed the report is shown all the same. */
  static Outcome migrate(MigrationEngine engine, Arguments given, Console console) {
    if (given.has(Options.DRY_RUN)) {
      return DryRunOptions.instead(engine, given, console);
    }
    DryRunOptions.refuseWithoutDryRun(given);
    try {
      return Outcome.of(engine.migrate(Verb.target(given)));
    } catch (PostflightFailedException e) {
      console.err().println(SafeText.of(e));
      return Outcome.of(e.report()).failing(FailureCode.POSTFLIGHT_FAILED);
    }
  }

  private static void before(MigrationEngineBuilder builder, UnaryOperator<Preflight> change) {
    builder.safeguards(safeguards -> safeguards.preflight(change));
  }

  private static void after(MigrationEngineBuilder builder, UnaryOperator<Postflight> change) {
    builder.safeguards(safeguards -> safeguards.postflight(change));
  }

  private static CheckQuery query(Path file) {
    List<ScriptStatement> statements = ScriptReader.read(file).sections().stream()
        .flatMap(section -> section.statements().stream())
        .toList();
    if (statements.size() != 1) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the file " + file + " has " + statements.size()
                  + " statements, and a check query is one.")
          .done("nothing was changed.", List.of())
          .advice("write one SELECT that returns the rows that should not be there.")
          .build();
    }
    return new CheckQuery(file.toString(), statements.get(0).text());
  }
}
