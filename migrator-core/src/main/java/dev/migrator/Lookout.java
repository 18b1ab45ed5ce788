package dev.migrator;

import dev.migrator.event.MigrationEvent;
import dev.migrator.internal.inspect.Blockers;
import dev.migrator.internal.inspect.IndexProgress;
import dev.migrator.internal.inspect.Observation;
import dev.migrator.internal.inspect.Observer;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Step;
import dev.migrator.migration.Migration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The observer of an operation; what it sees becomes events. It begins when it is first asked for. */
final class Lookout implements AutoCloseable {

  private final Operation operation;
  private final Supplier<Session> connections;
  private @Nullable Observer observer;

  /**
   * A lookout.
   *
   * @param connections opens the observer's own session; may fail
   */
  Lookout(Operation operation, Supplier<Session> connections) {
    this.operation = operation;
    this.connections = connections;
  }

  Observer observer() {
    if (observer == null) {
      observer = Observer.of(connections, this::tell);
    }
    return observer;
  }

  private void tell(Observation seen) {
    List<Step> underWay = operation.progress().underWay();
    if (!underWay.isEmpty()) {
      operation.tell(event(seen, underWay.get(0).migration()));
    }
  }

  private MigrationEvent event(Observation seen, Migration migration) {
    if (seen instanceof IndexProgress index) {
      return new MigrationEvent.IndexProgressed(
          operation.runId(), migration, index.words(), index.phase(), index.percent());
    }
    Blockers blockers = (Blockers) seen;
    return new MigrationEvent.Blocked(
        operation.runId(), migration, blockers.words(), blockers.advice());
  }

  @Override
  public void close() {
    if (observer != null) {
      observer.close();
    }
  }
}
