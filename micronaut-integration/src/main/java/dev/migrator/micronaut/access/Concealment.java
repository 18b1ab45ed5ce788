package dev.migrator.micronaut.access;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Hides that there is a path. What a closed path refuses before anybody of ours is asked, because of the method or of a media
 * type, the server would refuse in other words than for a path that does not exist.
 */
@Singleton
@Requires(classes = ErrorResponseProcessor.class)
public final class Concealment {

  private static final Set<HttpStatus> TELLING = Set.of(
      HttpStatus.METHOD_NOT_ALLOWED, HttpStatus.NOT_ACCEPTABLE, HttpStatus.UNSUPPORTED_MEDIA_TYPE);

  private final ErrorResponseProcessor<?> errors;

  Concealment(ErrorResponseProcessor<?> errors) {
    this.errors = errors;
  }

  /** What is answered for a closed path: what the server answers for one that does not exist, where it would tell more. */
  public MutableHttpResponse<?> of(HttpRequest<?> request, MutableHttpResponse<?> response) {
    if (!TELLING.contains(response.status())) {
      return response;
    }
    response.getHeaders().remove(HttpHeaders.ALLOW);
    return errors.processResponse(
        ErrorContext.builder(request).errorMessage("Page Not Found").build(),
        response.status(HttpStatus.NOT_FOUND));
  }
}
