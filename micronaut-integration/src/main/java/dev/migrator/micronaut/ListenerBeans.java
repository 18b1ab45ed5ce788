package dev.migrator.micronaut;

import dev.migrator.event.MigrationListener;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.inject.BeanDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The application's listeners that are beans: one with {@code @Named("orders")} is told what happens to the data source
 * {@code orders}, one without a name what happens to any.
 */
final class ListenerBeans {

  private ListenerBeans() {}

  /** Creates those that are told of a data source. */
  static List<MigrationListener> of(ApplicationContext context, String dataSource) {
    List<MigrationListener> listeners = new ArrayList<>();
    for (BeanDefinition<MigrationListener> bean : beans(context)) {
      if (dataSourceOf(bean).map(BootSettings.canonical(dataSource)::equals).orElse(true)) {
        listeners.add(context.getBean(bean));
      }
    }
    return listeners;
  }

  /**
   * Checks that each with a name is told of a data source that is there, for it would never be told of anything otherwise.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for the first that is not
   */
  static void requireDataSources(ApplicationContext context) {
    for (BeanDefinition<MigrationListener> bean : beans(context)) {
      Set<String> dataSources = DataSourceBeans.all(context).keySet();
      if (!dataSourceOf(bean).map(dataSources::contains).orElse(true)) {
        throw DataSourceBeans.belongsToNone(
            "the listener " + bean.getName(),
            dataSources,
            "give it the data source's name, @Named(\"orders\"), or none to be told of every one.");
      }
    }
  }

  private static Iterable<BeanDefinition<MigrationListener>> beans(ApplicationContext context) {
    return context.getBeanDefinitions(MigrationListener.class);
  }

  private static Optional<String> dataSourceOf(BeanDefinition<MigrationListener> bean) {
    return bean.getAnnotationMetadata()
        .stringValue(AnnotationUtil.NAMED)
        .map(BootSettings::canonical);
  }
}
