package dev.migrator.micronaut;

import dev.migrator.testing.TestDatabase;
import io.micronaut.configuration.jdbc.hikari.DatasourceFactory;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.event.ShutdownEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/** A small application under test: its properties, and how it was started. */
final class Boot {
  static final String MICRONAUT_DATA = "test.micronaut-data";

  private final Map<String, Object> properties = new LinkedHashMap<>();
  private final Map<String, Object> variables = new LinkedHashMap<>();
  private String[] environments = {"dev"};

  /** A Hikari pool of one connection on a database. */
  Boot dataSource(String name, TestDatabase database) {
    return with("datasources." + name + ".url", database.jdbcUrl())
        .with("datasources." + name + ".username", database.user())
        .with("datasources." + name + ".password", database.password())
        .with("datasources." + name + ".maximum-pool-size", 1);
  }

  /** The data sources that the beans of a test make of a database's address, {@code plain.url}. */
  static Boot plain(TestDatabase database, String beans) {
    return new Boot().beans(beans).with("plain.url", database.jdbcUrl());
  }

  Boot with(String property, Object value) {
    properties.put(property, value);
    return this;
  }

  /** An environment variable, as Micronaut reads it. */
  Boot variable(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** The beans of one test, which require the property {@code beans}. */
  Boot beans(String name) {
    return with("beans", name);
  }

  /** Gives connections as Micronaut Data does: only within a transaction, or what else holds one. */
  Boot withMicronautData() {
    return with(MICRONAUT_DATA, true);
  }

  Boot environments(String... names) {
    this.environments = names;
    return this;
  }

  ApplicationContext start() {
    return start(builder());
  }

  /** Starts, and fails as it should. */
  StartupFailure failure() {
    try (ApplicationContext context = start()) {
      throw new AssertionError("it started: " + context);
    } catch (RuntimeException e) {
      return StartupFailure.of(e).orElseThrow(() -> new AssertionError(e));
    }
  }

  /** Starts; when that fails, closes what is open, as Micronaut does not: it expects the process to end. */
  static ApplicationContext start(ApplicationContextBuilder builder) {
    ApplicationContext context = builder.build();
    try {
      return context.start();
    } catch (RuntimeException e) {
      context.getBean(BackgroundBoots.class).onApplicationEvent(new ShutdownEvent(context));
      context.getBean(DatasourceFactory.class).close();
      throw e;
    }
  }

  ApplicationContextBuilder builder() {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .environments(environments)
        .properties(properties)
        .propertySources(PropertySource.of(
            "variables",
            variables,
            PropertySource.PropertyConvention.ENVIRONMENT_VARIABLE,
            PropertySource.Origin.of("test")));
  }
}
