package dev.migrator.micronaut;

import dev.migrator.event.MigrationListener;

/**
 * Is told what happens to every data source, and to which: a bean that makes a listener for each. It must not need a data
 * source.
 */
@FunctionalInterface
public interface DataSourceListener {

  /** The listener for a data source; asked for once, before the first run. */
  MigrationListener of(String dataSource);
}
