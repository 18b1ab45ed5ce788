package dev.migrator.micronaut;

import dev.migrator.DatabaseCreation;
import dev.migrator.config.Connections;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.jdbc.BasicJdbcConfiguration;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates databases that do not exist, where {@code create-database} asks for it: before there is a pool, which would fail to
 * connect.
 */
@Singleton
final class MissingDatabases implements BeanCreatedEventListener<BasicJdbcConfiguration> {

  private static final Logger LOG = LoggerFactory.getLogger(MissingDatabases.class);

  private final MigratedDataSources known;
  private final EngineAssembly assembly;

  MissingDatabases(MigratedDataSources known, EngineAssembly assembly) {
    this.known = known;
    this.assembly = assembly;
  }

  @Override
  public BasicJdbcConfiguration onCreated(BeanCreatedEvent<BasicJdbcConfiguration> event) {
    BasicJdbcConfiguration dataSource = event.getBean();
    BootSettings boot = known.settings();
    boot.find(dataSource.getName())
        .filter(listed ->
            boot.enabled() && listed.boot().createDatabase() && listed.mode() == BootMode.APPLY)
        .ifPresent(this::create);
    return dataSource;
  }

  private void create(BootSettings.Listed listed) {
    try {
      Optional<Connections> ofDataSource = assembly.ofDataSource(listed.name());
      Connections target = listed.boot().connections(ofDataSource);
      if (assembly.mayChange(listed, target)) {
        DatabaseCreation.whenMissing(target);
      } else {
        LOG.info(
            "{} is left aside: nobody confirmed changes in production.",
            DataSourceSettings.property(listed.name(), "create-database"));
      }
    } catch (MigrationException e) {
      throw new DataSourceMigrationException(listed.name(), e);
    }
  }
}
