package dev.migrator.micronaut;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.data.connection.jdbc.advice.ContextualAwareDataSource;
import jakarta.inject.Singleton;
import javax.sql.DataSource;

/**
 * Leaves data sources as they are, as in an application without Micronaut Data. With it, a data source gives connections
 * to transactions only: see {@link Boot#withMicronautData()}.
 */
@Singleton
@Replaces(ContextualAwareDataSource.class)
@Requires(property = Boot.MICRONAUT_DATA, notEquals = "true")
final class PlainDataSources implements BeanCreatedEventListener<DataSource> {

  @Override
  public DataSource onCreated(BeanCreatedEvent<DataSource> event) {
    return event.getBean();
  }
}
