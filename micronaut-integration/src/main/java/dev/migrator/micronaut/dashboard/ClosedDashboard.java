package dev.migrator.micronaut.dashboard;

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

/** Hides the dashboard where it is closed. */
// With one pattern or the other, whether or not a configured path ends with a slash.
@ServerFilter({Doorkeeper.PATH + "**", Doorkeeper.PATH + "/**"})
@Requires(classes = ErrorResponseProcessor.class)
final class ClosedDashboard {

  private final Openness openness;
  private final Concealment concealment;

  ClosedDashboard(Openness openness, Concealment concealment) {
    this.openness = openness;
    this.concealment = concealment;
  }

  @ResponseFilter
  @ExecuteOn(TaskExecutors.BLOCKING)
  MutableHttpResponse<?> hide(HttpRequest<?> request, MutableHttpResponse<?> response) {
    return openness.dashboard() ? response : concealment.of(request, response);
  }
}
