package dev.migrator.micronaut;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what happens to data sources as application events.
 *
 * <p>Publishing creates every bean that listens, with all that it needs, and that is mostly the data source that is being
 * migrated at this moment. So what happens before the application has started is kept until it has; what happens later is
 * published by a thread of its own, because whoever listens may want the pool's one connection, which the run has.
 */
@Singleton
final class ApplicationEvents implements ApplicationEventListener<StartupEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(ApplicationEvents.class);

  private final ApplicationContext context;
  private final Queue<Object> kept = new ArrayDeque<>();
  private boolean started;
  private boolean publishing;

  ApplicationEvents(ApplicationContext context) {
    this.context = context;
  }

  /** Publishes what happens to a data source. */
  MigrationListener of(String dataSource) {
    return event -> {
      Object published = published(dataSource, event);
      if (published != null) {
        keep(published);
      }
    };
  }

  @Override
  public void onApplicationEvent(StartupEvent event) {
    begin();
    publishAll();
  }

  private static @Nullable Object published(String dataSource, MigrationEvent event) {
    if (event instanceof MigrationEvent.RunStarted run) {
      return new MigrationsStarted(dataSource, run.runId(), run.action(), run.migrations());
    }
    if (event instanceof MigrationEvent.MigrationFinished migration) {
      return new MigrationApplied(dataSource, migration.runId(), migration.step());
    }
    if (event instanceof MigrationEvent.RunFinished run) {
      return new MigrationsFinished(dataSource, run.runId(), run.report());
    }
    if (event instanceof MigrationEvent.RunFailed run) {
      return new MigrationsFailed(dataSource, run.runId(), run.failure());
    }
    return null;
  }

  private synchronized void begin() {
    publishing = true;
  }

  private synchronized void keep(Object event) {
    kept.add(event);
    if (started && !publishing) {
      begin();
      Thread thread = new Thread(this::publishAll, "migrator-events");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** What was kept, one after the other: what happens meanwhile comes behind it. */
  private synchronized @Nullable Object next() {
    Object next = kept.poll();
    if (next == null) {
      started = true;
      publishing = false;
    }
    return next;
  }

  private void publishAll() {
    for (Object event = next(); event != null; event = next()) {
      publish(event);
    }
  }

  @SuppressWarnings("unchecked")
  private void publish(Object event) {
    try {
      context.getEventPublisher((Class<Object>) event.getClass()).publishEvent(event);
    } catch (RuntimeException e) {
      LOG.warn("A listener of {} failed", event.getClass().getSimpleName(), e);
    }
  }
}
