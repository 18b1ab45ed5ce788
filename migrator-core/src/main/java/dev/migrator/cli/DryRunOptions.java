package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.config.DryRun;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.ThrowAwayServer;
import java.util.List;
import java.util.Optional;

/** The options of a dry run, and what they come to. */
final class DryRunOptions {

  private DryRunOptions() {}

  static final Option<Boolean> IN_DATABASE = Option.flag(
      "--in-database",
      "Try everything in the database itself, in one transaction that is rolled back. It takes every lock of the run and holds"
          + " it to the end; sequences stay where they got to.");

  static final Option<Integer> SAMPLE_ROWS = Option.of(
      "--sample-rows",
      "<number>",
      DryRunOptions::rows,
      "Copy up to so many rows of every table into the throw-away copy. Default: 0, which is one generated row.");

  /** All of the verb. */
  static final List<Option<?>> ALL = List.of(
      Options.UP_TO,
      Options.ONLY,
      Options.FIRST_STEPS,
      ServerOption.SERVER,
      BackupOptions.PROGRAMS,
      SAMPLE_ROWS,
      IN_DATABASE);

  /** What a dry run does that somebody asked for: on a throw-away copy, or else the plan. */
  static Outcome dryRun(MigrationEngine engine, Arguments given, Console console) {
    ThrowAwayServer server = ServerOption.of(given, console).orElse(ThrowAwayServer.automatic());
    boolean named = given.get(ServerOption.SERVER).isPresent();
    return run(engine, given, named ? DryRun.on(server) : DryRun.on(server).orPlan());
  }

  /** The same for a run that is only to be shown. */
  static Outcome instead(MigrationEngine engine, Arguments given, Console console) {
    return run(engine, given, shown(given, console));
  }

  /** How an operation is tried that is only to be shown: without a server it is the plan. */
  static DryRun shown(Arguments given, Console console) {
    return ServerOption.of(given, console).map(DryRun::on).orElseGet(DryRun::planOnly);
  }

  private static Outcome run(MigrationEngine engine, Arguments given, DryRun otherwise) {
    MigrationTarget target = Verb.target(given);
    Optional<Integer> rows = given.get(SAMPLE_ROWS);
    if (!given.has(IN_DATABASE)) {
      return Outcome.of(engine.dryRun(target, otherwise.sampleRows(rows.orElse(0))));
    }
    if (given.get(ServerOption.SERVER).isPresent() || rows.isPresent()) {
      throw UsageErrors.invalid("--in-database needs neither --server nor --sample-rows.");
    }
    return Outcome.of(engine.dryRun(target, DryRun.inDatabase()));
  }

  private static int rows(String text) {
    if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > DryRun.MOST_ROWS) {
      throw new IllegalArgumentException("it must be a number from 0 to " + DryRun.MOST_ROWS);
    }
    return Integer.parseInt(text);
  }

  /** What shapes a dry run says nothing about a run. */
  static void refuseWithoutDryRun(Arguments given) {
    for (Option<?> option : List.of(IN_DATABASE, SAMPLE_ROWS)) {
      if (given.get(option).isPresent()) {
        throw UsageErrors.invalid(option.name() + " belongs to --dry-run.");
      }
    }
  }
}
