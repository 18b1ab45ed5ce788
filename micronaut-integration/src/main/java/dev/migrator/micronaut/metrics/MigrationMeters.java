package dev.migrator.micronaut.metrics;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Background;
import dev.migrator.micronaut.operate.Runs;
import dev.migrator.micronaut.operate.Standing;
import dev.migrator.micronaut.operate.Standings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micronaut.configuration.metrics.annotation.RequiresMetrics;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.util.StringUtils;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.micronaut.jdbc.DataSourceResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters. A gauge shows what was read last; reading it makes another thread read anew, at most once within {@code
 * migrator.metrics.interval}, one query for all gauges of a data source and one look at its migrations. Before the first, and
 * where it cannot be read, it is not a number.
 */
@Singleton
@RequiresMetrics
@Requires(classes = MeterRegistry.class)
@Requires(property = "migrator.metrics.enabled", notEquals = StringUtils.FALSE)
final class MigrationMeters implements MeterBinder {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationMeters.class);

  private final Standings standings;
  private final Background background;
  private final RunMeasures measures;
  private final BeanContext context;
  private final Map<String, DatabaseSample> samples = new ConcurrentHashMap<>();

  MigrationMeters(
      Standings standings, Background background, RunMeasures measures, BeanContext context) {
    this.standings = standings;
    this.background = background;
    this.measures = measures;
    this.context = context;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    measures.bindTo(registry);
    for (MigratedDataSource one : standings.dataSources()) {
      gauge(registry, "migrator.ready", one, x -> x.status().state().isReady() ? 1 : 0);
      gauge(registry, "migrator.migrations.pending", one, x -> count(x, Standing::pending));
      gauge(registry, "migrator.migrations.dirty", one, x -> count(x, Standing::dirty));
      gauge(registry, "migrator.database.size", one, x -> sampled(x, DatabaseSample::size));
      gauge(
          registry,
          "migrator.database.connections.active",
          one,
          x -> sampled(x, DatabaseSample::active));
      gauge(
          registry,
          "migrator.foreign.keys.unvalidated",
          one,
          x -> sampled(x, DatabaseSample::unvalidated));
    }
  }

  private static void gauge(
      MeterRegistry registry,
      String name,
      MigratedDataSource one,
      ToDoubleFunction<MigratedDataSource> value) {
    Gauge.builder(name, one, value)
        .tag("data_source", one.name())
        .baseUnit(name.endsWith(".size") ? "bytes" : null)
        .register(registry);
  }

  private double count(MigratedDataSource one, ToLongFunction<Standing> value) {
    Standing last = standings.refreshing(one);
    long count = last == null ? -1 : value.applyAsLong(last);
    return count < 0 ? Double.NaN : count;
  }

  private double sampled(MigratedDataSource one, ToLongFunction<DatabaseSample> value) {
    background.sometimes("sample of " + one.name(), () -> sample(one));
    DatabaseSample last = samples.get(one.name());
    return last == null ? Double.NaN : value.applyAsLong(last);
  }

  private void sample(MigratedDataSource one) {
    if (Runs.isUnderWay(one) || one.engine().isEmpty()) {
      return;
    }
    try (Connection connection = pool(one.name()).getConnection()) {
      samples.put(one.name(), DatabaseSample.of(connection));
    } catch (SQLException e) {
      samples.remove(one.name());
      LOG.debug("Cannot measure the database of data source {}.", one.name(), e);
    }
  }

  /** Micronaut Data wraps a data source into one that gives connections within its own contexts only. */
  private DataSource pool(String name) {
    DataSource bean = context.getBean(DataSource.class, Qualifiers.byName(name));
    @Nullable
    DataSourceResolver resolver = context.findBean(DataSourceResolver.class).orElse(null);
    return resolver == null ? bean : resolver.resolve(bean);
  }
}
