package dev.migrator.demo;

import dev.migrator.config.Connections;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the demo keeps its data: in the database that somebody names, else in a PostgreSQL of its own. */
final class DemoDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(DemoDatabase.class);

  private DemoDatabase() {}

  /**
   * Tells the application where its database is: where {@code datasources.default.url} or {@code DEMO_DATABASE_URL} say,
   * wherever they are said, else in an embedded server that ends with this JVM. An embedded database is nobody's
   * production, so its environment is development; about any other one, only its owner can say that.
   */
  static void choose(ApplicationContextBuilder application, String... args) {
    try (ApplicationContext look = ApplicationContext.builder().args(args).build()) {
      Environment environment = look.getEnvironment().start();
      if (environment.containsProperty("datasources.default.url")) {
        return;
      }
      environment
          .getProperty("demo.database.url", String.class)
          .ifPresentOrElse(
              url -> application.properties(dataSource(Connections.to(url))),
              () -> application
                  .properties(dataSource(embedded()))
                  .environments(Environment.DEVELOPMENT));
    }
  }

  private static Map<String, Object> dataSource(Connections connections) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("datasources.default.url", connections.jdbcUrl());
    connections.user().ifPresent(user -> properties.put("datasources.default.username", user));
    connections
        .password()
        .ifPresent(password -> properties.put("datasources.default.password", password));
    return properties;
  }

  private static Connections embedded() {
    LOG.info("No DEMO_DATABASE_URL: starting an embedded PostgreSQL");
    try {
      // Registers a shutdown hook, which stops the server and deletes its data.
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      LOG.info("It listens at postgresql://postgres@localhost:{}/postgres", server.getPort());
      return Connections.to(server.getJdbcUrl("postgres", "postgres"));
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
    }
  }
}
