package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.ValidationReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Another process that applies the migrations, as far as it can be seen: to look takes no lock and changes nothing. */
record OtherRunner(MigratedDataSource dataSource, MigrationEngine engine) {

  private static final Logger LOG = LoggerFactory.getLogger(OtherRunner.class);

  /** A server that is restarted comes back. */
  private static final Set<FailureCode> PASSING =
      Set.of(FailureCode.DATABASE_UNREACHABLE, FailureCode.CONNECTION_LOST);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private static final int NAMED = 10;

  /**
   * Looks once.
   *
   * @throws MigrationException {@code MIGRATIONS_PENDING}; {@code VALIDATION_FAILED} when something was edited or the like;
   *     and as {@link MigrationEngine#validate()}
   */
  void requireDone() {
    ValidationReport found = engine.validate();
    missing(found).ifPresent(failure -> {
      throw failure;
    });
    found.notes().forEach(note -> LOG.info("Data source {}: {}", dataSource.name(), note));
  }

  /** Whether it is done; not when nobody can tell. */
  boolean isDone() {
    try {
      return missing(engine.validate()).isEmpty();
    } catch (MigrationException e) {
      LOG.debug("Data source {} cannot be looked at", dataSource.name(), e);
      return false;
    }
  }

  /**
   * Waits until it is done.
   *
   * @param atMost for how long nothing may come of it; begins anew whenever it has completed a migration
   * @throws MigrationException as {@link #requireDone()} once the time is up, at once for what nobody else will settle;
   *     {@code INTERRUPTED}
   */
  void await(Duration atMost) {
    long since = System.nanoTime();
    int before = -1;
    for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
      MigrationException failure;
      try {
        ValidationReport found = engine.validate();
        Optional<MigrationException> missing = missing(found);
        if (missing.isEmpty()) {
          return;
        }
        failure = missing.get();
        if (found.mismatches().stream()
            .anyMatch(one -> one.state() != MigrationState.PARTIALLY_APPLIED)) {
          throw failure;
        }
        int pending = found.pending().size();
        if (pending != before) {
          before = pending;
          since = System.nanoTime();
          tell(found.pending(), atMost);
        }
      } catch (MigrationException e) {
        if (!PASSING.contains(e.code())) {
          throw e;
        }
        failure = e;
      }
      if (System.nanoTime() - since > atMost.toNanos()) {
        throw failure;
      }
      rest(pause);
    }
  }

  private Optional<MigrationException> missing(ValidationReport found) {
    if (!found.isValid()) {
      return Optional.of(new MigrationValidationException(found.mismatches()));
    }
    return found.pending().isEmpty()
        ? Optional.empty()
        : Optional.of(MigrationException.because(
                FailureCode.MIGRATIONS_PENDING,
                labels(found.pending())
                    + (found.pending().size() == 1 ? " is" : " are")
                    + " pending, and this application applies nothing ("
                    + DataSourceSettings.property(dataSource.name(), "mode") + "="
                    + SettingValues.written(dataSource.mode()) + ").")
            .done("nothing was changed.", List.of())
            .advice("apply them with the command line or with an application in mode apply.")
            .build());
  }

  private void tell(List<Migration> pending, Duration atMost) {
    LOG.info(
        "Data source {} waits until another runner has applied {} (for {} s at most, from its last migration).",
        dataSource.name(),
        labels(pending),
        atMost.toSeconds());
    dataSource.update(status -> status.progressing(BootProgress.waiting(
        "waits until another runner has applied " + labels(pending), status.since())));
  }

  private static String labels(List<Migration> migrations) {
    return migrations.stream().limit(NAMED).map(Migration::label).collect(Collectors.joining(", "))
        + (migrations.size() > NAMED ? " and " + (migrations.size() - NAMED) + " more" : "");
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw MigrationException.because(FailureCode.INTERRUPTED, "the wait was interrupted.")
          .done("nothing was changed.", List.of())
          .advice("start again.")
          .cause(e)
          .build();
    }
  }
}
