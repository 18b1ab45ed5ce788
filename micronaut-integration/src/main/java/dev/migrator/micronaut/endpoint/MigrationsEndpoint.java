package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.operate.Standings;
import dev.migrator.micronaut.operate.StatusJson;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Read;
import io.micronaut.management.endpoint.annotation.Selector;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The management endpoint {@code /migrations}: where the data sources stand. Like every other one it is configured under
 * {@code endpoints.migrations} and, being sensitive, asks for what micronaut-security asks for.
 */
@Endpoint(id = "migrations", defaultSensitive = true)
@Requires(classes = Endpoint.class)
final class MigrationsEndpoint {

  private final Standings standings;

  MigrationsEndpoint(Standings standings) {
    this.standings = standings;
  }

  /** All of them. */
  @Read(produces = MediaType.APPLICATION_JSON)
  @ExecuteOn(TaskExecutors.BLOCKING)
  HttpResponse<String> all() {
    return HttpResponse.ok(StatusJson.of(standings.dataSources(), standings));
  }

  /** One of them. */
  @Read(produces = MediaType.APPLICATION_JSON)
  @ExecuteOn(TaskExecutors.BLOCKING)
  @Nullable
  HttpResponse<String> one(@Selector String dataSource) {
    List<MigratedDataSource> found = standings.dataSources().stream()
        .filter(one -> one.name().equals(dataSource))
        .toList();
    return found.isEmpty() ? null : HttpResponse.ok(StatusJson.of(found, standings));
  }
}
