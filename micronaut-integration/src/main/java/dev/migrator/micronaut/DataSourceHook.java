package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.StopAtShutdown;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.TextReport;
import dev.migrator.report.MigrationReport;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates a data source at the moment it is created, before anything can get hold of it.
 *
 * <p>It comes before every other listener, so it works on the pool itself and not on what others wrap around it. It must
 * not ask for any bean that could need a data source.
 */
@Singleton
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DataSourceHook implements BeanCreatedEventListener<DataSource> {

  private static final Logger LOG = LoggerFactory.getLogger(DataSourceHook.class);

  private final ApplicationContext context;

  /** The data sources whose migrations and listeners are being created: one that needs its own would come here again. */
  private final Set<String> collecting = ConcurrentHashMap.newKeySet();

  DataSourceHook(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    DataSource dataSource = event.getBean();
    BootSettings boot = BootSettings.of(context);
    if (boot.enabled()) {
      boot.find(DataSourceBeans.nameOf(event))
          .filter(DataSourceSettings::enabled)
          .ifPresent(settings -> migrate(dataSource, settings));
    }
    return dataSource;
  }

  private void migrate(DataSource dataSource, DataSourceSettings settings) {
    try {
      MigrationEngineBuilder builder = settings
          .toEngine(context.getConversionService())
          .dataSource(dataSource)
          .classLoader(context.getClassLoader())
          .environmentNames(context.getEnvironment().getActiveNames());
      settings
          .directly(
              ofDataSource(settings.name(), "username"), ofDataSource(settings.name(), "password"))
          .ifPresent(builder::connections);
      addBeans(builder, settings.name());
      MigrationEngine engine = builder.build();
      StopAtShutdown.during(engine, () -> migrate(engine, settings.name()));
    } catch (MigrationException e) {
      throw new DataSourceMigrationException(settings.name(), e);
    }
  }

  private @Nullable String ofDataSource(String name, String key) {
    return context.getProperty("datasources." + name + "." + key, String.class).orElse(null);
  }

  private static MigrationReport migrate(MigrationEngine engine, String dataSource) {
    try {
      MigrationReport report = engine.migrate();
      LOG.info("Data source {}:\n{}", dataSource, TextReport.of(report).stripTrailing());
      return report;
    } catch (MigrationException e) {
      if (e.code() == FailureCode.CANCELLED) {
        // The process is told to end, and it waits for this method, not for what catches the
        // exception.
        LOG.error(
            "The application does not start: {}",
            new DataSourceMigrationException(dataSource, e).getMessage());
      }
      throw e;
    }
  }

  private void addBeans(MigrationEngineBuilder engine, String dataSource) {
    if (!collecting.add(dataSource)) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "a Java migration or a listener of data source " + dataSource
                  + " needs that data source to be created, and it is created by being migrated.")
          .done("nothing was changed.", List.of())
          .advice("inject nothing that needs the data source; in a migration,"
              + " use the connection that its method is given.")
          .build();
    }
    try {
      engine.javaMigrations(JavaMigrationBeans.of(context, dataSource));
      ListenerBeans.of(context, dataSource).forEach(engine::listener);
    } finally {
      collecting.remove(dataSource);
    }
  }
}
