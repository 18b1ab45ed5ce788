package dev.migrator.micronaut.health;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Standing;
import dev.migrator.micronaut.operate.Standings;
import dev.migrator.micronaut.operate.StatusJson;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.StatusReport;
import io.micronaut.context.annotation.Requires;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.core.util.StringUtils;
import io.micronaut.management.endpoint.info.InfoEndpoint;
import io.micronaut.management.endpoint.info.InfoSource;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.reactivestreams.Publisher;

/**
 * Which version the schema of each data source has, for the endpoint {@code /info}: what was read last, for whoever may ask
 * that endpoint must not be able to keep a database busy.
 */
@Singleton
@Requires(classes = InfoSource.class)
@Requires(beans = InfoEndpoint.class)
@Requires(property = "endpoints.info.migrations.enabled", notEquals = StringUtils.FALSE)
final class SchemaVersionSource implements InfoSource {

  private final Standings standings;

  SchemaVersionSource(Standings standings) {
    this.standings = standings;
  }

  @Override
  public Publisher<PropertySource> getSource() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (MigratedDataSource one : standings.dataSources()) {
      Map<String, Object> about = StatusJson.brief(one);
      about.keySet().retainAll(Set.of("mode", "environment", "state"));
      about.values().removeIf(Objects::isNull);
      Standing last = standings.refreshing(one);
      StatusReport status = last == null ? null : last.status();
      if (last != null && status != null) {
        MigrationStatus current = status.current();
        about.put("version", current == null ? "none" : current.migration().id());
        about.put("pending", last.pending());
      }
      about.forEach((key, value) -> values.put("migrations." + one.name() + "." + key, value));
    }
    return Publishers.just(new MapPropertySource("migrations", values));
  }
}
