package dev.migrator.micronaut;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.Qualifier;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.core.annotation.AnnotationUtil;
import io.micronaut.core.naming.Named;
import io.micronaut.inject.BeanDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/** The names of data sources: what stands behind {@code datasources.}, or in {@code @Named}, else {@code default}. */
final class DataSourceBeans {

  private DataSourceBeans() {}

  /** Every data source that there is, by its name; none is created. */
  static Map<String, BeanDefinition<DataSource>> all(ApplicationContext context) {
    Map<String, BeanDefinition<DataSource>> beans = new TreeMap<>();
    for (BeanDefinition<DataSource> bean : context.getBeanDefinitions(DataSource.class)) {
      beans.put(BootSettings.canonical(nameOf(bean)), bean);
    }
    return beans;
  }

  /** The failure for a bean whose name is no data source's. */
  static MigrationException belongsToNone(String bean, Set<String> dataSources, String advice) {
    return MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            bean + " belongs to no data source; there is: "
                + (dataSources.isEmpty() ? "none" : String.join(", ", dataSources))
                + ".")
        .advice(advice)
        .build();
  }

  static String nameOf(BeanCreatedEvent<DataSource> event) {
    String asked = event.getBeanIdentifier().getName();
    return asked.equals(Primary.SIMPLE_NAME) ? nameOf(event.getBeanDefinition()) : asked;
  }

  static String nameOf(BeanDefinition<DataSource> definition) {
    Qualifier<DataSource> declared = definition.getDeclaredQualifier();
    if (declared instanceof Named named && !named.getName().equals(Primary.SIMPLE_NAME)) {
      return named.getName();
    }
    return definition
        .getAnnotationMetadata()
        .stringValue(AnnotationUtil.NAMED)
        .orElse(BootSettings.DEFAULT);
  }
}
