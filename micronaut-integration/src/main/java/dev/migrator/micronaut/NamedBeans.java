package dev.migrator.micronaut;

import dev.migrator.event.MigrationListener;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.core.order.OrderUtil;
import io.micronaut.inject.BeanDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Beans of the application that concern data sources: one with {@code @Named("orders")} concerns the data source {@code orders},
 * one without a name all of them.
 *
 * @param type their type
 * @param word what such a bean is called
 */
record NamedBeans<T>(Class<T> type, String word) {

  /** Those who are told what happens. */
  static final NamedBeans<MigrationListener> LISTENERS =
      new NamedBeans<>(MigrationListener.class, "listener");

  /** Those who have the last word on an engine. */
  static final NamedBeans<MigrationEngineCustomizer> CUSTOMIZERS =
      new NamedBeans<>(MigrationEngineCustomizer.class, "customizer");

  /** Creates those that concern a data source. */
  List<T> of(ApplicationContext context, String dataSource) {
    List<BeanDefinition<T>> concerned = new ArrayList<>();
    for (BeanDefinition<T> bean : context.getBeanDefinitions(type)) {
      if (dataSourceOf(bean).map(BootSettings.canonical(dataSource)::equals).orElse(true)) {
        concerned.add(bean);
      }
    }
    concerned.sort(
        Comparator.comparingInt(bean -> OrderUtil.getOrder(bean.getAnnotationMetadata())));
    return concerned.stream().map(context::getBean).toList();
  }

  /**
   * Checks that each with a name concerns a data source that is there, for nobody would ever ask for it otherwise.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for the first that does not
   */
  void requireDataSources(ApplicationContext context) {
    for (BeanDefinition<T> bean : context.getBeanDefinitions(type)) {
      Set<String> dataSources = DataSourceBeans.all(context).keySet();
      if (!dataSourceOf(bean).map(dataSources::contains).orElse(true)) {
        throw DataSourceBeans.belongsToNone(
            "the " + word + " " + bean.getName(),
            dataSources,
            "give it the data source's name, @Named(\"orders\"), or none to concern every one.");
      }
    }
  }

  private static Optional<String> dataSourceOf(BeanDefinition<?> bean) {
    return bean.getAnnotationMetadata()
        .stringValue(AnnotationUtil.NAMED)
        .map(BootSettings::canonical);
  }
}
