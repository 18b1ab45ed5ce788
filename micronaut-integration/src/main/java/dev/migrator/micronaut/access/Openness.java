package dev.migrator.micronaut.access;

import dev.migrator.config.Environment;
import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.MigratedDataSources;
import io.micronaut.context.annotation.Requires;
import io.micronaut.core.value.PropertyResolver;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Where anybody can ask or order at all: with a token, and, unless switched on, with no production database in reach. */
@Singleton
@Requires(classes = HttpRequest.class)
public final class Openness {

  static final String DASHBOARD = "migrator.dashboard.enabled";

  private final MigratedDataSources dataSources;
  private final AdminToken token;
  private final Optional<Boolean> dashboard;

  Openness(MigratedDataSources dataSources, AdminToken token, PropertyResolver properties) {
    this.dataSources = dataSources;
    this.token = token;
    this.dashboard = properties.getProperty(DASHBOARD, Boolean.class);
  }

  /** The data sources that it is about. */
  public List<MigratedDataSource> dataSources() {
    return dataSources.all();
  }

  /** Whether the endpoint answers. */
  public boolean endpoint() {
    return token.isConfigured() && !isProduction();
  }

  /** Whether the dashboard is there. */
  public boolean dashboard() {
    return token.isConfigured() && dashboard.orElseGet(() -> !isProduction());
  }

  /** Whether any of them is in production; one that does not exist yet, and nobody can tell, counts as if it were. */
  public boolean isProduction() {
    return dataSources().isEmpty()
        || dataSources().stream()
            .anyMatch(one -> one.environment().orElse(Environment.UNKNOWN).needsConfirmation());
  }
}
