package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.access.Concealment;
import dev.migrator.micronaut.access.Openness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Hides the endpoint where it is closed. */
// With one pattern or the other, whether or not a configured path ends with a slash.
@ServerFilter({MigrationsController.PATH + "**", MigrationsController.PATH + "/**"})
@Requires(classes = ErrorResponseProcessor.class)
final class ClosedEndpoint {

  private final Openness openness;
  private final Concealment concealment;

  ClosedEndpoint(Openness openness, Concealment concealment) {
    this.openness = openness;
    this.concealment = concealment;
  }

  @ResponseFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  MutableHttpResponse<?> hide(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return openness.endpoint() ? response : concealment.of(request, response);
  }
}
