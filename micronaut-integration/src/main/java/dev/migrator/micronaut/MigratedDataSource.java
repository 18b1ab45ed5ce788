package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.config.Environment;
import dev.migrator.config.MigrationTarget;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DryRunReport;
import dev.migrator.report.MigrationReport;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A data source whose migrations are this application's concern, and what its boot did. May be read at any time, by any thread. */
public final class MigratedDataSource {

  private final String name;
  private final BootMode mode;
  private final GateSettings gates;
  private volatile BootStatus status;
  private volatile @Nullable Supplier<MigrationEngine> assembly;
  private volatile @Nullable MigrationEngine engine;
  private @Nullable DataSource raw;

  MigratedDataSource(String name, BootMode mode, GateSettings gates) {
    this.name = name;
    this.mode = mode;
    this.gates = gates;
    this.status = BootStatus.in(mode == BootMode.OFF ? BootState.OFF : BootState.WAITING);
  }

  /** Its name, as the configuration writes it. */
  public String name() {
    return name;
  }

  /** What its boot does. */
  public BootMode mode() {
    return mode;
  }

  /** What became of it so far. */
  public BootStatus status() {
    return status;
  }

  /**
   * The engine that works on it; empty before the data source exists. It is the one of the boot; where the boot does nothing,
   * it is put together when somebody asks for it.
   */
  public Optional<MigrationEngine> engine() {
    MigrationEngine known = engine;
    Supplier<MigrationEngine> ofEngine = assembly;
    if (known != null || ofEngine == null) {
      return Optional.ofNullable(known);
    }
    // Without a lock, for it creates beans: another thread may do the same.
    MigrationEngine made = ofEngine.get();
    synchronized (this) {
      MigrationEngine first = engine;
      engine = first == null ? made : first;
      return Optional.ofNullable(engine);
    }
  }

  /** What its database is used for; empty before the data source exists. */
  public Optional<Environment> environment() {
    return engine().map(MigrationEngine::environment);
  }

  /**
   * Says what {@link #migrate()} would do, as {@link MigrationEngine#dryRun} does: tried on the throw-away server of the
   * configuration, else by plan and lint alone. Changes nothing.
   *
   * @throws MigrationException as the engine does; {@code CONFIGURATION_INVALID} before the data source exists
   */
  public DryRunReport dryRun() {
    return present().dryRun(MigrationTarget.latest(), gates.dryRun());
  }

  /** Whether a dry run may make a throw-away database, so that statements are tried. */
  public boolean triesStatements() {
    return gates.throwAwayServer() != null;
  }

  /**
   * Applies what is pending, as {@link MigrationEngine#migrate()} does, and keeps the status: a data source that was not ready is
   * ready then.
   *
   * @throws MigrationException as the engine does; {@code CONFIGURATION_INVALID} before the data source exists
   */
  public MigrationReport migrate() {
    MigrationEngine present = present();
    try {
      MigrationReport report = present.migrate();
      update(before -> before.reporting(report));
      update(before -> before.state().isReady() ? before : before.to(BootState.DONE, null));
      return report;
    } finally {
      update(before -> before.progressing(null));
    }
  }

  private MigrationEngine present() {
    return engine()
        .orElseThrow(() -> MigrationException.because(
                FailureCode.CONFIGURATION_INVALID, "there is no data source " + name + " yet.")
            .advice("try again once the application has started.")
            .build());
  }

  /** The data source exists. */
  synchronized void created(DataSource pool, Supplier<MigrationEngine> ofEngine) {
    raw = pool;
    assembly = ofEngine;
    engine = null;
  }

  synchronized void update(UnaryOperator<BootStatus> change) {
    status = change.apply(status);
    notifyAll();
  }

  /**
   * Waits until the data source is ready.
   *
   * @return whether it is; at once when it is known why not
   * @throws InterruptedException when the thread is interrupted
   */
  synchronized boolean awaitReady(Duration atMost) throws InterruptedException {
    long began = System.nanoTime();
    while (!status.state().isReady()) {
      long left = atMost.toMillis() - (System.nanoTime() - began) / 1_000_000;
      if (left <= 0 || status.failure() != null || status.state() == BootState.FAILED) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /** Closes the pool. */
  synchronized void close() {
    if (raw instanceof AutoCloseable pool) {
      try {
        pool.close();
      } catch (Exception e) {
        LoggerFactory.getLogger(MigratedDataSource.class)
            .debug("Data source {} cannot be closed", name, e);
      }
    }
  }
}
