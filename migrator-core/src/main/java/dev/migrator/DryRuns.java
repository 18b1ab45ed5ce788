package dev.migrator;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.report.TraceReport;

/** Tries what an operation is about to do on a server of throw-away databases. */
@FunctionalInterface
interface DryRuns {

  /** Tries it; what fails there is in the report. */
  TraceReport on(ThrowAwayServer server);
}
