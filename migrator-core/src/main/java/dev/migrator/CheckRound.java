package dev.migrator;

import dev.migrator.config.Postflight;
import dev.migrator.config.Preflight;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Answer;
import dev.migrator.internal.inspect.Check;
import dev.migrator.internal.inspect.Checks;
import dev.migrator.internal.inspect.Circumstances;
import dev.migrator.internal.inspect.Circumstances.Tables;
import dev.migrator.internal.inspect.Examination;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.lock.LockKey;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.report.Action;
import dev.migrator.report.CheckReport;
import dev.migrator.report.CheckReport.Phase;
import dev.migrator.report.CheckResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one phase, put to a server with what the engine knows.
 *
 * @param history the tracking tables; {@code null} where they cannot be told
 * @param between is called between two checks, and may end the round with an exception
 */
record CheckRound(
    Settings settings, Session session, @Nullable History history, Runnable between) {

  /**
   * What the server does not tell.
   *
   * @param tables the relations that matter
   * @param concurrently whether the run waits for older snapshots
   * @param kept the tables and columns that should still be there
   * @param indexesBefore the indexes that were there before the run; {@code null} when there was none
   * @param answers what the engine answers itself, by the checks' ids
   */
  record Known(
      Tables tables,
      boolean concurrently,
      Set<String> kept,
      @Nullable Set<Long> indexesBefore,
      Map<String, Answer> answers) {}

  CheckReport preflight(Known known) {
    Preflight preflight = settings.safeguards().preflight();
    return ask(
        Phase.PREFLIGHT,
        Checks.of(Phase.PREFLIGHT, preflight.disabled()),
        preflight.timeout(),
        known);
  }

  CheckReport postflight(Known known) {
    Postflight postflight = settings.safeguards().postflight();
    return ask(
        Phase.POSTFLIGHT,
        Checks.of(Phase.POSTFLIGHT, postflight.disabled()),
        postflight.timeout(),
        known);
  }

  private CheckReport ask(Phase phase, List<Check> checks, Duration timeout, Known known) {
    long started = System.nanoTime();
    List<CheckResult> results = new Examination(session, circumstances(known), timeout, between)
        .of(checks, known.answers());
    return new CheckReport(phase, results, false, Duration.ofNanos(System.nanoTime() - started));
  }

  private Circumstances circumstances(Known known) {
    History tracked = history;
    TrackingNames names = tracked == null ? null : tracked.names();
    boolean exists = tracked != null && tracked.located().exists();
    return new Circumstances(
        settings.safeguards().preflight(),
        settings.safeguards().postflight(),
        settings.needs(Action.APPLY),
        names == null ? null : LockKey.of(names.toString()).value(),
        names == null || !exists ? null : Identifiers.quote(names.schema(), names.table()),
        known.tables(),
        known.concurrently(),
        settings.scripts().searchPath(),
        known.kept(),
        known.indexesBefore());
  }
}
