package dev.migrator.verify;

import dev.migrator.Rehearsal;
import dev.migrator.event.MigrationListener;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.internal.scratch.Sharing;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LeftoverDatabase;
import dev.migrator.report.OutsideReport;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The throw-away databases of one verification, and its end. Thread-safe. */
final class Stages implements AutoCloseable {

  private final ScratchServer server;
  private final Rehearsal rehearsal;
  private final Set<Stage> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cancelled;

  Stages(ScratchServer server, Rehearsal rehearsal) {
    this.server = server;
    this.rehearsal = rehearsal;
  }

  Rehearsal rehearsal() {
    return rehearsal;
  }

  /** The server, in words. */
  String title() {
    return server.title();
  }

  /** Whether others use the server. */
  boolean isShared() {
    return server.sharing() == Sharing.SHARED;
  }

  /**
   * Makes the server fit for migrations that reach beyond their database.
   *
   * @param report what they reach
   * @param harmAllowed whether they may reach what others use
   * @return what was created for them, in words
   * @throws MigrationException {@code SCRIPT_REFUSED} when they would do harm, before anything runs
   */
  List<String> admit(OutsideReport report, boolean harmAllowed) {
    if (!harmAllowed) {
      server.refuseHarm(report);
    }
    return server.createMissing(report);
  }

  /**
   * Looks for the databases of runs that were killed; a server that was started for this has none.
   *
   * @param drop whether they go
   * @return what the report says of them
   */
  List<String> leftovers(boolean drop) {
    if (!isShared()) {
      return List.of();
    }
    String names = (drop ? server.dropLeftovers() : server.leftovers())
        .stream().map(LeftoverDatabase::name).collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      return List.of();
    }
    return List.of(
        drop
            ? "Runs that were killed had left these throw-away databases on the server, and they are dropped: "
                + names + "."
            : "Runs that were killed left these throw-away databases on the server: " + names
                + ". The option --drop-leftovers, in Java dropLeftovers(true), drops them.");
  }

  /**
   * An empty one.
   *
   * @param listener is told what its engine does
   */
  Stage empty(MigrationListener listener) {
    requireGoing();
    ScratchDatabase database = server.create();
    rehearsal.prepare(database.connections());
    return added(database, listener);
  }

  Stage added(ScratchDatabase database, MigrationListener... listeners) {
    Stage stage = new Stage(this, database, listeners);
    open.add(stage);
    return stage;
  }

  void closed(Stage stage) {
    open.remove(stage);
  }

  /** Lets everything end as soon as is safe; from any thread. */
  void cancel() {
    cancelled = true;
    open.forEach(Stage::cancel);
  }

  /**
   * Ends here when somebody cancelled.
   *
   * @throws MigrationException {@code CANCELLED} or {@code INTERRUPTED}
   */
  void requireGoing() {
    if (cancelled || Thread.currentThread().isInterrupted()) {
      throw MigrationException.because(
              cancelled ? FailureCode.CANCELLED : FailureCode.INTERRUPTED,
              cancelled
                  ? "somebody cancelled the verification."
                  : "the verifying thread was interrupted.")
          .done("the throw-away databases are dropped.", List.of())
          .advice("verify again.")
          .build();
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
