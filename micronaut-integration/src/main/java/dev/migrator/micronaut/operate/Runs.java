package dev.migrator.micronaut.operate;

import dev.migrator.micronaut.BootMode;
import dev.migrator.micronaut.BootState;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.MigrationReport;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs that somebody orders while the application is up, one at a time in this instance. */
@Singleton
public final class Runs {

  /** Whether a run changes anything. */
  public enum Kind {
    /** Says what would be done. */
    DRY_RUN,
    /** Does it. */
    APPLY
  }

  /** What came of one data source. */
  public sealed interface Outcome {
    /** The data source's name. */
    String dataSource();
  }

  /** What would be done, and what the lint finds in it. */
  public record Planned(String dataSource, DryRunReport report) implements Outcome {}

  /** What was done. */
  public record Applied(String dataSource, MigrationReport report) implements Outcome {}

  /** What went wrong; nothing is tried on the data sources after it. */
  public record Failed(String dataSource, MigrationException failure) implements Outcome {}

  private final Standings standings;
  private final AtomicBoolean busy = new AtomicBoolean();

  Runs(Standings standings) {
    this.standings = standings;
  }

  /** The data sources on which a run can be ordered: those that exist and are not switched off. */
  public List<MigratedDataSource> eligible() {
    return standings.dataSources().stream()
        .filter(one -> one.mode() != BootMode.OFF && one.engine().isPresent())
        .toList();
  }

  /**
   * Does it, in the calling thread.
   *
   * @param kind whether anything is changed
   * @param on the data sources
   * @return what came of each, in order; empty, and nothing was done, when a run is under way
   */
  public Optional<List<Outcome>> run(Kind kind, List<MigratedDataSource> on) {
    if (!busy.compareAndSet(false, true)) {
      return Optional.empty();
    }
    try {
      if (on.stream().anyMatch(Runs::isUnderWay)) {
        return Optional.empty();
      }
      List<Outcome> outcomes = new ArrayList<>();
      for (MigratedDataSource one : on) {
        Outcome outcome = run(kind, one);
        outcomes.add(outcome);
        if (outcome instanceof Failed) {
          break;
        }
      }
      return Optional.of(List.copyOf(outcomes));
    } finally {
      busy.set(false);
    }
  }

  /** Whether this instance is at work on a data source. */
  public static boolean isUnderWay(MigratedDataSource one) {
    return one.status().progress() != null || one.status().state() == BootState.RUNNING;
  }

  private Outcome run(Kind kind, MigratedDataSource one) {
    try {
      return kind == Kind.DRY_RUN
          ? new Planned(one.name(), one.dryRun())
          : new Applied(one.name(), one.engine().orElseThrow().migrate());
    } catch (MigrationException e) {
      return new Failed(one.name(), e);
    } finally {
      if (kind == Kind.APPLY) {
        standings.forget(one.name());
      }
    }
  }
}
