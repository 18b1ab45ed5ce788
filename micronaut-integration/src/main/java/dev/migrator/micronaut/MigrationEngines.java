package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.EachBean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.context.exceptions.DisabledBeanException;
import io.micronaut.inject.BeanDefinition;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The engines as beans: one for each data source that the configuration lists, by the data source's name. It is the engine of
 * the boot, so asking for it migrates nothing that the boot has not.
 */
@Factory
final class MigrationEngines {

  private final MigratedDataSources known;
  private final ApplicationContext context;

  MigrationEngines(MigratedDataSources known, ApplicationContext context) {
    this.known = known;
    this.context = context;
  }

  @EachBean(DataSource.class)
  MigrationEngine engine(@Parameter @Nullable String dataSource) {
    String name = dataSource == null ? BootSettings.DEFAULT : dataSource;
    MigratedDataSource migrated = known
        .find(name)
        .orElseThrow(() -> new DisabledBeanException("there is no engine for data source " + name
            + ", because " + DataSourceSettings.PREFIX + " does not list it"));
    Optional<MigrationEngine> engine = migrated.engine();
    if (engine.isEmpty()) {
      // The hook is told of it.
      BeanDefinition<DataSource> definition =
          DataSourceBeans.all(context).get(BootSettings.canonical(name));
      if (definition != null) {
        context.getBean(definition);
      }
      engine = migrated.engine();
    }
    return engine.orElseThrow(() -> new DisabledBeanException("there is no data source " + name));
  }
}
