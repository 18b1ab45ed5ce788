package dev.migrator.micronaut;

import dev.migrator.migration.JavaMigration;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.inject.BeanDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * The application's migrations that are beans: one with {@code @Named("orders")} belongs to the data source {@code orders},
 * one without a name to the default data source, which is {@code default}, else the primary one, else the only one.
 */
final class JavaMigrationBeans {

  private JavaMigrationBeans() {}

  /** Creates those that belong to a data source, and no other. */
  static List<JavaMigration> of(ApplicationContext context, String dataSource) {
    List<JavaMigration> migrations = new ArrayList<>();
    for (BeanDefinition<JavaMigration> bean : context.getBeanDefinitions(JavaMigration.class)) {
      if (dataSourceOf(bean, context)
          .filter(BootSettings.canonical(dataSource)::equals)
          .isPresent()) {
        migrations.add(context.getBean(bean));
      }
    }
    return migrations;
  }

  /**
   * Checks that each belongs to a data source that is there, for it would never run otherwise, and nobody would notice.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} for the first that does not
   */
  static void requireDataSources(ApplicationContext context) {
    for (BeanDefinition<JavaMigration> bean : context.getBeanDefinitions(JavaMigration.class)) {
      Map<String, BeanDefinition<DataSource>> dataSources = DataSourceBeans.all(context);
      if (dataSourceOf(bean, context).filter(dataSources::containsKey).isEmpty()) {
        throw DataSourceBeans.belongsToNone(
            "the Java migration " + bean.getName(),
            dataSources.keySet(),
            "give it the data source's name: @Named(\"orders\").");
      }
    }
  }

  private static Optional<String> dataSourceOf(
      BeanDefinition<JavaMigration> bean, ApplicationContext context) {
    Optional<String> name = bean.getAnnotationMetadata().stringValue(AnnotationUtil.NAMED);
    return name.isPresent() ? name.map(BootSettings::canonical) : primary(context);
  }

  private static Optional<String> primary(ApplicationContext context) {
    Map<String, BeanDefinition<DataSource>> dataSources =
        new TreeMap<>(DataSourceBeans.all(context));
    if (dataSources.containsKey(BootSettings.DEFAULT)) {
      return Optional.of(BootSettings.DEFAULT);
    }
    if (dataSources.size() > 1) {
      dataSources.values().removeIf(definition -> !definition.isPrimary());
    }
    return dataSources.keySet().stream().findFirst();
  }
}
