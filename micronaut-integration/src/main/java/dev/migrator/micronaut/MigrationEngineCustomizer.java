package dev.migrator.micronaut;

import dev.migrator.MigrationEngineBuilder;

/**
 * A bean that has the last word on how a data source is migrated: for what the configuration cannot say. With {@code @Named} it
 * is asked for the data source of that name only, without one for every listed data source, in the order of {@code @Order}.
 *
 * <p>It is created before the data source is, so it must not need it.
 */
@FunctionalInterface
public interface MigrationEngineCustomizer {

  /**
   * Changes what the configuration and the application's beans have made of it.
   *
   * @param dataSource the data source's name, as the configuration writes it
   * @param engine the engine that is being put together
   */
  void customize(String dataSource, MigrationEngineBuilder engine);
}
