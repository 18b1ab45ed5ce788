package dev.migrator.micronaut;

import dev.migrator.MigrationEngine;
import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Connections;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Puts an engine together: what the configuration says, and the application's beans. */
@Singleton
final class EngineAssembly {

  private final ApplicationContext context;
  private final ApplicationEvents events;

  /** The data sources whose migrations and listeners are being created: one that needs its own would come here again. */
  private final Set<String> collecting = ConcurrentHashMap.newKeySet();

  EngineAssembly(ApplicationContext context, ApplicationEvents events) {
    this.context = context;
    this.events = events;
  }

  /**
   * The engine of a data source.
   *
   * @param dataSource the pool itself, not what others wrap around it
   * @throws MigrationException {@code CONFIGURATION_INVALID} when the configuration cannot be used, or when a bean needs the
   *     data source
   */
  MigrationEngine of(
      DataSource dataSource, BootSettings.Listed listed, MigratedDataSource migrated) {
    MigrationEngineBuilder builder = listed
        .engine()
        .toEngine(context.getConversionService())
        .safeguards(guards -> listed.gates().applyTo(guards, context.getConversionService()))
        .safeguards(guards -> listed.checks().applyTo(guards, context.getConversionService()))
        .safeguards(guards -> guards.backup(listed.backup()::applyTo))
        .classLoader(context.getClassLoader())
        .environmentNames(context.getEnvironment().getActiveNames())
        .listener(new ProgressListener(migrated))
        .listener(events.of(listed.name()));
    listed.run().applyTo(builder);
    route(builder, dataSource, listed);
    addBeans(builder, listed.name());
    return builder.build();
  }

  private void route(
      MigrationEngineBuilder builder, DataSource dataSource, BootSettings.Listed listed) {
    String name = listed.name();
    if (!listed.boot().ownConnections()) {
      builder.dataSource(dataSource);
      listed
          .engine()
          .directly(
              ofDataSource(name, "username", Connections::user),
              ofDataSource(name, "password", Connections::password))
          .ifPresent(builder::connections);
    } else if (listed.engine().directUrl() != null) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the migrations of data source " + name
                  + " have connections of their own, and a direct-url beside them.")
          .advice("write the server's own address as " + DataSourceSettings.property(name, "url")
              + ", and leave direct-url out.")
          .build();
    } else {
      builder.connections(listed.boot().connections(ofDataSource(name)));
    }
  }

  /** Whether a database may be changed: it is not production, or somebody confirmed. */
  boolean mayChange(BootSettings.Listed listed, Connections target) {
    return Boolean.TRUE.equals(listed.engine().confirmProduction())
        || "true".equalsIgnoreCase(System.getenv("CONFIRM_PRODUCTION_MIGRATION"))
        || !listed
            .engine()
            .toEngine(context.getConversionService())
            .connections(target)
            .environmentNames(context.getEnvironment().getActiveNames())
            .build()
            .environment()
            .needsConfirmation();
  }

  /** How a data source reaches its database, as far as the configuration tells. */
  Optional<Connections> ofDataSource(String name) {
    return context
        .getProperty("datasources." + name + ".url", String.class)
        .flatMap(EngineAssembly::address)
        .map(address -> address
            .withUser(ofDataSource(name, "username", Connections::user))
            .withPassword(ofDataSource(name, "password", Connections::password)));
  }

  private @Nullable String ofDataSource(
      String name, String key, Function<Connections, Optional<String>> ofAddress) {
    return context
        .getProperty("datasources." + name + "." + key, String.class)
        .or(() -> context
            .getProperty("datasources." + name + ".url", String.class)
            .flatMap(EngineAssembly::address)
            .flatMap(ofAddress))
        .orElse(null);
  }

  /** A pool may take addresses that are not the driver's. */
  private static Optional<Connections> address(String url) {
    try {
      return Optional.of(Connections.to(url));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private void addBeans(MigrationEngineBuilder engine, String dataSource) {
    if (!collecting.add(dataSource)) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "a Java migration, a listener or a customizer of data source " + dataSource
                  + " needs that data source to be created, and it is created by being migrated.")
          .done("nothing was changed.", List.of())
          .advice("inject nothing that needs the data source; in a migration,"
              + " use the connection that its method is given.")
          .build();
    }
    try {
      engine.javaMigrations(JavaMigrationBeans.of(context, dataSource));
      NamedBeans.LISTENERS.of(context, dataSource).forEach(engine::listener);
      context
          .getBeansOfType(DataSourceListener.class)
          .forEach(listener -> engine.listener(listener.of(dataSource)));
      NamedBeans.CUSTOMIZERS
          .of(context, dataSource)
          .forEach(bean -> bean.customize(dataSource, engine));
    } finally {
      collecting.remove(dataSource);
    }
  }
}
