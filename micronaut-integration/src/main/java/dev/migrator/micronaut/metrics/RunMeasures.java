package dev.migrator.micronaut.metrics;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.micronaut.DataSourceListener;
import dev.migrator.report.Action;
import dev.migrator.report.MigrationReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micronaut.configuration.metrics.annotation.RequiresMetrics;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Times what runs tell. A boot migrates before there is a registry, and none may be asked for then, since that could create
 * what needs the data source: until there is one, measures are kept.
 */
@Singleton
@RequiresMetrics
@Requires(classes = MeterRegistry.class)
final class RunMeasures implements DataSourceListener {

  /** More than a boot tells; what comes after it, without a registry, is not kept. */
  private static final int KEPT = 20_000;

  private final List<Consumer<MeterRegistry>> early = new ArrayList<>();
  private final List<MeterRegistry> registries = new ArrayList<>();

  @Override
  public MigrationListener of(String dataSource) {
    return new Listener(dataSource);
  }

  /** From now on measures go to this registry too; the first gets what was kept. */
  synchronized void bindTo(MeterRegistry registry) {
    if (registries.isEmpty()) {
      early.forEach(measure -> measure.accept(registry));
      early.clear();
    }
    registries.add(registry);
  }

  private synchronized void measure(Consumer<MeterRegistry> measure) {
    if (registries.isEmpty() && early.size() < KEPT) {
      early.add(measure);
    }
    registries.forEach(measure);
  }

  /** For one data source. */
  private final class Listener implements MigrationListener {
    private final String dataSource;
    private final Map<UUID, Started> runs = new ConcurrentHashMap<>();
    private final Map<UUID, Started> migrations = new ConcurrentHashMap<>();
    private final Map<UUID, Duration> waits = new ConcurrentHashMap<>();
    private @Nullable String fingerprint;

    Listener(String dataSource) {
      this.dataSource = dataSource;
    }

    @Override
    public void on(MigrationEvent event) {
      if (event instanceof MigrationEvent.LockWaited waited) {
        waits.put(waited.runId(), waited.waited());
      } else if (event instanceof MigrationEvent.RunStarted started) {
        runs.put(started.runId(), new Started(started.action(), System.nanoTime()));
        lockWait(started.runId());
      } else if (event instanceof MigrationEvent.MigrationStarted started) {
        migrations.put(started.runId(), new Started(started.action(), System.nanoTime()));
      } else if (event instanceof MigrationEvent.MigrationFinished finished) {
        migrations.remove(finished.runId());
        time(
            "migrator.migration",
            finished.step().action(),
            "success",
            finished.step().duration());
      } else if (event instanceof MigrationEvent.MigrationFailed failed) {
        failed(migrations.remove(failed.runId()), "migrator.migration");
      } else if (event instanceof MigrationEvent.RunFinished finished) {
        runs.remove(finished.runId());
        lockWait(finished.runId());
        MigrationReport report = finished.report();
        time("migrator.run", report.action(), "success", report.duration());
        schema(report);
      } else if (event instanceof MigrationEvent.RunFailed failed) {
        lockWait(failed.runId());
        Started run = runs.remove(failed.runId());
        failed(run == null ? new Started(Action.APPLY, System.nanoTime()) : run, "migrator.run");
      }
    }

    private void lockWait(UUID run) {
      Duration waited = waits.remove(run);
      if (waited != null) {
        measure(registry -> Timer.builder("migrator.lock.wait")
            .description("How long runs waited for another instance")
            .tags(Tags.of("data_source", dataSource))
            .register(registry)
            .record(waited));
      }
    }

    private void failed(@Nullable Started started, String name) {
      if (started != null) {
        Duration took = Duration.ofNanos(System.nanoTime() - started.at);
        time(name, started.action, "failure", took);
      }
    }

    private void time(String name, Action action, String outcome, Duration took) {
      Tags tags = Tags.of(
          "data_source",
          dataSource,
          "action",
          action.name().toLowerCase(Locale.ROOT),
          "outcome",
          outcome);
      measure(registry -> Timer.builder(name).tags(tags).register(registry).record(took));
    }

    private void schema(MigrationReport report) {
      if (report.schemaCheck() != null) {
        String now = report.schemaCheck().now().toString();
        if (!now.equals(fingerprint)) {
          fingerprint = now;
          measure(registry -> registry
              .counter("migrator.schema.changes", "data_source", dataSource)
              .increment());
        }
      }
    }
  }

  private record Started(Action action, long at) {}
}
