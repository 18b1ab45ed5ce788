package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.util.List;
import javax.sql.DataSource;
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

  private final MigratedDataSources known;
  private final EngineAssembly assembly;
  private final ConversionService reader;
  private final BeanProvider<BackgroundBoots> background;

  DataSourceHook(
      MigratedDataSources known,
      EngineAssembly assembly,
      ConversionService reader,
      BeanProvider<BackgroundBoots> background) {
    this.known = known;
    this.assembly = assembly;
    this.reader = reader;
    this.background = background;
  }

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    DataSource dataSource = event.getBean();
    String name = DataSourceBeans.nameOf(event);
    BootSettings.Listed listed = known.settings().find(name).orElse(null);
    if (listed == null) {
      return dataSource;
    }
    MigratedDataSource migrated = known.find(name).orElseThrow();
    migrated.created(dataSource, () -> assembly.of(dataSource, listed, migrated));
    if (migrated.mode() == BootMode.OFF) {
      return dataSource;
    }
    return boot(dataSource, event.getBeanDefinition().getBeanType(), listed, migrated);
  }

  private DataSource boot(
      DataSource dataSource,
      Class<?> beanType,
      BootSettings.Listed listed,
      MigratedDataSource migrated) {
    try {
      MigrationEngine engine = migrated.engine().orElseThrow();
      boolean ends = known.settings().runAndExit();
      boolean inBackground = listed.boot().background() && !ends;
      BootRun run = new BootRun(migrated, engine, listed.boot().waitsFor(reader), inBackground);
      boolean unready = listed.boot().whenUnconfirmed() == UnconfirmedPolicy.START_UNREADY;
      if (inBackground || unready) {
        requireGate(beanType, listed.name());
      }
      GatedDataSource gated =
          new GatedDataSource(dataSource, migrated, listed.boot().callersWait(reader));
      if (inBackground) {
        background.get().start(run);
        return gated;
      }
      return isDone(run, unready && !ends) ? dataSource : gated;
    } catch (MigrationException e) {
      migrated.update(status -> status.to(BootState.FAILED, e));
      throw new DataSourceMigrationException(migrated.name(), e);
    } catch (RuntimeException e) {
      // A bean that the engine needs could not be created.
      migrated.update(status -> status.to(BootState.FAILED, null));
      throw e;
    }
  }

  /** A gate stands in for the pool, so nobody may ask for the pool by its class. */
  private static void requireGate(Class<?> beanType, String dataSource) {
    if (!beanType.isAssignableFrom(GatedDataSource.class)) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "data source " + dataSource + " is a bean of type " + beanType.getName()
                  + ", and an application that starts before its migrations are done gets another one in its place.")
          .done("nothing was changed.", List.of())
          .advice(
              "let the factory's method return javax.sql.DataSource, and close the pool in the factory.")
          .build();
    }
  }

  /** Whether the application may use the data source; otherwise it may start without. */
  private boolean isDone(BootRun run, boolean mayStartUnready) {
    try {
      run.run();
      return true;
    } catch (MigrationException e) {
      if (!mayStartUnready || e.code() != FailureCode.PRODUCTION_UNCONFIRMED) {
        throw e;
      }
      LOG.warn(
          "The application starts and is not ready; its data source stays closed until somebody has applied what is pending: {}",
          new DataSourceMigrationException(run.dataSource().name(), e).getMessage());
      run.dataSource().update(status -> status.to(BootState.WAITING, e));
      background.get().watch(run);
      return false;
    }
  }
}
