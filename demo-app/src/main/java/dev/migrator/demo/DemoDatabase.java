package dev.migrator.demo;

import dev.migrator.config.Connections;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the demo keeps its data: in the databases that somebody names, else in a PostgreSQL of its own. */
final class DemoDatabase {
  private static final Logger LOG = LoggerFactory.getLogger(DemoDatabase.class);

  private static final String DEFAULT = "default";

  /** The second data source, and the environment whose file configures it. */
  private static final String ARCHIVE = "archive";

  private DemoDatabase() {}

  /**
   * Tells the application where its databases are: where {@code datasources.default.url} or {@code DEMO_DATABASE_URL} say,
   * wherever they are said, else in an embedded server that ends with this JVM. An embedded database is nobody's
   * production, so its environment is development; about any other one, only its owner can say that.
   */
  static void choose(ApplicationContextBuilder application, String... args) {
    try (ApplicationContext look = ApplicationContext.builder().args(args).build()) {
      Environment environment = look.getEnvironment().start();
      if (!environment.containsProperty("datasources.default.url")) {
        Optional<String> url = environment.getProperty("demo.database.url", String.class);
        if (url.isPresent()) {
          application.properties(dataSource(DEFAULT, Connections.to(url.get())));
        } else {
          embedded(application);
          application.properties(token(environment));
        }
      }
      environment
          .getProperty("demo.archive.url", String.class)
          .ifPresent(archive -> application
              .properties(dataSource(ARCHIVE, Connections.to(archive)))
              .environments(ARCHIVE));
      application.properties(onRequest(environment));
    }
  }

  /** What somebody wants to see beside the demo's own migrations: one that fails, or one that takes its time. */
  private static Map<String, Object> onRequest(Environment environment) {
    List<String> locations = new ArrayList<>(List.of("classpath:db/migration"));
    Map<String, Object> properties = new HashMap<>();
    if (isOn(environment, "demo.fail")) {
      locations.add("classpath:db/failing");
    }
    if (isOn(environment, "demo.slow")) {
      locations.add("classpath:db/slow");
      // The port opens at once, and the dashboard shows how far it is.
      properties.put("migrator.datasources.default.background", true);
    }
    if (locations.size() > 1) {
      properties.put("migrator.datasources.default.locations", locations);
    }
    return properties;
  }

  private static boolean isOn(Environment environment, String property) {
    return environment.getProperty(property, Boolean.class).orElse(false);
  }

  /** A token for the dashboard, where nobody chose one. */
  private static Map<String, Object> token(Environment environment) {
    if (environment.containsProperty("internal.admin.token")
        || environment.containsProperty("migrator.endpoint.token")) {
      return Map.of();
    }
    byte[] random = new byte[12];
    new SecureRandom().nextBytes(random);
    String token = HexFormat.of().formatHex(random);
    return Map.of("migrator.endpoint.token", token, "demo.token", token);
  }

  private static Map<String, Object> dataSource(String name, Connections connections) {
    String prefix = "datasources." + name + ".";
    Map<String, Object> properties = new HashMap<>();
    properties.put(prefix + "url", connections.jdbcUrl());
    connections.user().ifPresent(user -> properties.put(prefix + "username", user));
    connections.password().ifPresent(password -> properties.put(prefix + "password", password));
    return properties;
  }

  private static void embedded(ApplicationContextBuilder application) {
    LOG.info("No DEMO_DATABASE_URL: starting an embedded PostgreSQL");
    try {
      // Registers a shutdown hook, which stops the server and deletes its data.
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      LOG.info("It listens at postgresql://postgres@localhost:{}/postgres", server.getPort());
      application
          .properties(
              dataSource(DEFAULT, Connections.to(server.getJdbcUrl("postgres", "postgres"))))
          .properties(dataSource(ARCHIVE, Connections.to(server.getJdbcUrl("postgres", ARCHIVE))))
          .properties(Map.of("migrator.datasources.archive.create-database", true))
          .environments(Environment.DEVELOPMENT, ARCHIVE);
    } catch (IOException e) {
      throw new UncheckedIOException("The embedded PostgreSQL does not start", e);
    }
  }
}
