package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.inject.BeanDefinition;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for every data source that is to be migrated while the application boots: a lazy one would be migrated by the first
 * request otherwise, on the thread that serves it. Says which data sources are not migrated.
 */
@Context
@Order(Ordered.HIGHEST_PRECEDENCE)
final class BootBarrier {

  private static final Logger LOG = LoggerFactory.getLogger(BootBarrier.class);

  BootBarrier(ApplicationContext context, MigratedDataSources known) {
    BootSettings boot = known.settings();
    if (!boot.enabled()) {
      LOG.info("Migrations are switched off ({}=false).", BootSettings.ENABLED);
      endWhereAllIsDone(boot, known);
      return;
    }
    JavaMigrationBeans.requireDataSources(context);
    NamedBeans.LISTENERS.requireDataSources(context);
    NamedBeans.CUSTOMIZERS.requireDataSources(context);
    Map<String, BeanDefinition<DataSource>> beans = DataSourceBeans.all(context);
    boot.listed().forEach((name, settings) -> {
      if (settings.mode() == BootMode.OFF) {
        LOG.info(
            "Migrations of data source {} are switched off ({}).",
            settings.name(),
            settings.engine().enabled()
                ? DataSourceSettings.property(settings.name(), "mode") + "=off"
                : DataSourceSettings.property(settings.name(), "enabled") + "=false");
      } else if (beans.containsKey(name)) {
        context.getBean(beans.get(name));
      } else if (boot.explicit()) {
        throw noSuchDataSource(settings.name(), beans);
      }
    });
    beans.keySet().stream()
        .filter(name -> boot.find(name).isEmpty())
        .forEach(name -> LOG.info(
            "Data source {} is not migrated, because {} does not list it.",
            name,
            DataSourceSettings.PREFIX));
    endWhereAllIsDone(boot, known);
  }

  private static void endWhereAllIsDone(BootSettings boot, MigratedDataSources known) {
    if (boot.runAndExit()) {
      known.all().forEach(MigratedDataSource::close);
      throw new RunAndExit();
    }
  }

  private static MigrationException noSuchDataSource(
      String name, Map<String, BeanDefinition<DataSource>> beans) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            DataSourceSettings.PREFIX + "." + name + " is configured, but there is no data source "
                + name + "; there is: "
                + (beans.isEmpty() ? "none" : String.join(", ", beans.keySet()))
                + ".")
        .advice("configure datasources." + name + ", or set "
            + DataSourceSettings.property(name, "enabled") + " to false.")
        .build();
  }
}
