package dev.migrator.cli;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.ScriptTracer;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.ThrowAwayServer;
import java.time.Duration;
import java.util.List;

/** The options of {@code trace}, and what they come to. */
final class TraceOptions {

  private TraceOptions() {}

  /** A database that is made or copied at this moment is waited for. */
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  static final Option<Boolean> EVERYTHING = Option.flag(
      "--all",
      "Trace all migrations, from an empty database, instead of what is pending in one. Needs no database.");

  /** All of them. */
  static final List<Option<?>> ALL = List.of(
      Options.UP_TO,
      Options.ONLY,
      Options.FIRST_STEPS,
      EVERYTHING,
      ServerOption.SERVER,
      BackupOptions.PROGRAMS);

  /** Traces what is pending, or everything. */
  static Verb.Job trace(Arguments given, Console console) {
    ThrowAwayServer server = ServerOption.of(given, console).orElse(ThrowAwayServer.automatic());
    if (given.has(EVERYTHING)) {
      for (Option<?> target : List.of(Options.UP_TO, Options.ONLY, Options.FIRST_STEPS)) {
        if (given.get(target).isPresent()) {
          throw UsageErrors.invalid("--all and " + target.name() + " exclude each other.");
        }
      }
      ScriptTracer tracer = ScriptTracer.of(given::tell);
      return new Verb.Job(tracer::cancel, STOP_WITHIN, () -> Outcome.of(tracer.trace(server)));
    }
    MigrationTarget target = Verb.target(given);
    MigrationEngine engine = engine(given, console);
    return new Verb.Job(
        engine::cancel, STOP_WITHIN, () -> Outcome.of(engine.trace(target, server)));
  }

  private static MigrationEngine engine(Arguments given, Console console) {
    MigrationEngineBuilder builder =
        MigrationEngine.builder().connections(DatabaseAddress.of(given, console));
    given.tell(builder);
    return builder.build();
  }
}
