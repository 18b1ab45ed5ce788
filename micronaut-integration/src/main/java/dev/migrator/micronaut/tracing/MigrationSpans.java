package dev.migrator.micronaut.tracing;

import dev.migrator.event.MigrationEvent;
import dev.migrator.event.MigrationListener;
import dev.migrator.micronaut.DataSourceListener;
import dev.migrator.render.SafeText;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.annotation.Value;
import io.micronaut.core.util.StringUtils;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A span for each run, in it one for each migration, in it one for each statement. Statements need a round trip each, so they
 * can be left out: {@code migrator.tracing.statements=false}. No span holds the text of a statement.
 */
@Singleton
@Requires(classes = OpenTelemetry.class)
@Requires(beans = OpenTelemetry.class)
@Requires(property = "migrator.tracing.enabled", notEquals = StringUtils.FALSE)
final class MigrationSpans implements DataSourceListener {

  private final Tracer tracer;
  private final boolean statements;

  MigrationSpans(
      OpenTelemetry telemetry, @Value("${migrator.tracing.statements:true}") boolean statements) {
    this.tracer = telemetry.getTracer("dev.migrator");
    this.statements = statements;
  }

  @Override
  public MigrationListener of(String dataSource) {
    return new Listener(dataSource);
  }

  /** The spans of a run that are open. */
  private static final class Open {
    private final Span run;
    private @Nullable Span migration;

    Open(Span run) {
      this.run = run;
    }
  }

  /** For one data source. */
  private final class Listener implements MigrationListener {
    private final String dataSource;
    private final Map<UUID, Open> runs = new ConcurrentHashMap<>();

    Listener(String dataSource) {
      this.dataSource = dataSource;
    }

    @Override
    public boolean wantsStatements() {
      return statements;
    }

    @Override
    public void on(MigrationEvent event) {
      if (event instanceof MigrationEvent.RunStarted started) {
        Span span = tracer
            .spanBuilder("migrator " + started.action().stored())
            .setAttribute("db.system.name", "postgresql")
            .setAttribute("migrator.data_source", dataSource)
            .setAttribute("migrator.run_id", started.runId().toString())
            .setAttribute("migrator.migrations", started.migrations().size())
            .startSpan();
        runs.put(started.runId(), new Open(span));
      } else {
        Open open = runs.get(event.runId());
        if (open != null) {
          on(event, open);
        }
      }
    }

    private void on(MigrationEvent event, Open open) {
      if (event instanceof MigrationEvent.MigrationStarted started) {
        end(open, null);
        open.migration = tracer
            .spanBuilder("migration " + started.migration().label())
            .setParent(Context.root().with(open.run))
            .setAttribute("migrator.migration", started.migration().id())
            .setAttribute("migrator.script", started.migration().script())
            .startSpan();
      } else if (event instanceof MigrationEvent.StatementFinished finished) {
        statement(finished, open);
      } else if (event instanceof MigrationEvent.MigrationFailed failed) {
        end(open, failed.failure());
      } else if (event instanceof MigrationEvent.MigrationFinished) {
        end(open, null);
      } else if (event instanceof MigrationEvent.Retried retried) {
        open.run.addEvent("retried: " + retried.migration().label());
      } else if (event instanceof MigrationEvent.Reconnected) {
        open.run.addEvent("reconnected");
      } else if (event instanceof MigrationEvent.RunFinished finished) {
        end(open, null);
        runs.remove(finished.runId());
        open.run.end();
      } else if (event instanceof MigrationEvent.RunFailed failed) {
        end(open, failed.failure());
        runs.remove(failed.runId());
        mark(open.run, failed.failure());
        open.run.end();
      }
    }

    private void statement(MigrationEvent.StatementFinished finished, Open open) {
      Span parent = open.migration == null ? open.run : open.migration;
      Instant end = Instant.now();
      tracer
          .spanBuilder("statement " + finished.ordinal() + " of " + finished.of())
          .setParent(Context.root().with(parent))
          .setStartTimestamp(end.minus(finished.duration()))
          .setAttribute("migrator.script", finished.position().script())
          .setAttribute("migrator.line", finished.position().line())
          .startSpan()
          .end(end);
    }
  }

  private static void end(Open open, @Nullable Throwable failure) {
    Span span = open.migration;
    if (span != null) {
      if (failure != null) {
        mark(span, failure);
      }
      span.end();
      open.migration = null;
    }
  }

  private static void mark(Span span, Throwable failure) {
    span.setStatus(StatusCode.ERROR, SafeText.of(failure));
  }
}
