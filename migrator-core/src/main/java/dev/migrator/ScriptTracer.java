package dev.migrator;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.TraceReport;
import java.util.function.Consumer;

/**
 * Applies all migrations of a folder to an empty throw-away database, and tells what the server did for each statement. Needs
 * no database that exists; for what is pending in one there is {@link MigrationEngine#trace}. Used once.
 */
public final class ScriptTracer {

  private final Tracing tracing;

  private ScriptTracer(Tracing tracing) {
    this.tracing = tracing;
  }

  /**
   * Reads the migrations.
   *
   * @param settings tells a builder where they are and how they run; called once for every database, as {@link
   *     Rehearsal#of} does
   * @throws MigrationException as {@link MigrationEngineBuilder}, and what concerns locations and scripts
   */
  public static ScriptTracer of(Consumer<MigrationEngineBuilder> settings) {
    return new ScriptTracer(new Tracing(Origin.empty(Rehearsal.of(settings))));
  }

  /**
   * Traces them. One that fails is told in the report, which ends with it.
   *
   * @param server where the databases are made, and dropped in any case
   * @throws MigrationException as {@link MigrationEngine#trace}
   */
  public TraceReport trace(ThrowAwayServer server) {
    return tracing.on(server);
  }

  /** Stops it as soon as is safe; from any thread. It ends with {@code CANCELLED}. */
  public boolean cancel() {
    tracing.cancel();
    return true;
  }
}
