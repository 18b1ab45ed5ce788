package dev.migrator.micronaut;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** Keeps the status of a data source up to date while an engine works on it, in the boot or later. */
record ProgressListener(MigratedDataSource dataSource) implements MigrationListener {

  @Override
  public void on(MigrationEvent event) {
    if (event instanceof MigrationEvent.LockWaited waiting) {
      BootProgress before = dataSource.status().progress();
      Instant since = before == null ? Instant.now() : before.since();
      put(new BootProgress(
          waiting.runId(),
          null,
          0,
          0,
          null,
          since,
          "waits for another instance, " + waiting.waited().toSeconds() + " s so far"));
    } else if (event instanceof MigrationEvent.RunStarted started) {
      put(new BootProgress(
          started.runId(),
          started.action(),
          0,
          started.migrations().size(),
          null,
          Instant.now(),
          null));
    } else if (event instanceof MigrationEvent.MigrationStarted started) {
      put(new BootProgress(
          started.runId(),
          started.action(),
          started.place(),
          started.of(),
          started.migration(),
          Instant.now(),
          null));
    } else if (event instanceof MigrationEvent.MigrationFinished) {
      change(now -> now.remarking(null));
    } else if (event instanceof MigrationEvent.Blocked blocked) {
      change(now -> now.remarking(blocked.blockers()));
    } else if (event instanceof MigrationEvent.IndexProgressed index) {
      change(now -> now.remarking(index.words()));
    } else if (event instanceof MigrationEvent.Retried retried) {
      change(now -> now.remarking("is tried again, attempt " + retried.attempt()));
    } else if (event instanceof MigrationEvent.RunFinished finished) {
      dataSource.update(status -> status.reporting(finished.report()));
    } else if (event instanceof MigrationEvent.RunFailed) {
      dataSource.update(status -> status.progressing(null));
    }
  }

  private void put(BootProgress progress) {
    dataSource.update(status -> status.progressing(progress));
  }

  /** A remark that another thread makes once the run is over is none. */
  private void change(UnaryOperator<BootProgress> step) {
    dataSource.update(status -> {
      BootProgress now = status.progress();
      return now == null ? status : status.progressing(step.apply(now));
    });
  }
}
