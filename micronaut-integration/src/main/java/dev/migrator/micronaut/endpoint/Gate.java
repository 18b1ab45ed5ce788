package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.MigratedDataSource;
import dev.migrator.micronaut.access.Access;
import dev.migrator.micronaut.access.Openness;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.util.HttpClientAddressResolver;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Admits who shows the token, where the endpoint is open. */
@Singleton
@Requires(classes = HttpClientAddressResolver.class)
final class Gate {

  private final Openness openness;
  private final Access access;

  Gate(Openness openness, Access access) {
    this.openness = openness;
    this.access = access;
  }

  /** The data sources that it is about. */
  List<MigratedDataSource> dataSources() {
    return openness.dataSources();
  }

  /** Answers one who is admitted; {@code null}, so that it is as if nothing were here, where the endpoint is closed. */
  @Nullable
  HttpResponse<String> admit(HttpRequest<?> request, Supplier<HttpResponse<String>> answer) {
    return openness.endpoint() ? refusal(request).orElseGet(answer) : null;
  }

  private Optional<HttpResponse<String>> refusal(HttpRequest<?> request) {
    return switch (access.ofHeader(request)) {
      case ADMITTED -> Optional.empty();
      case MISSING -> Optional.of(challenge("Send the header Authorization: Bearer <token>.", ""));
      case WRONG -> Optional.of(challenge("This is not the token.", ", error=\"invalid_token\""));
      case LIMITED ->
        Optional.of(Problem.of(
                HttpStatus.TOO_MANY_REQUESTS, "Too many wrong tokens came from this address.")
            .header(
                HttpHeaders.RETRY_AFTER,
                Long.toString(Math.max(1, access.secondsToWait(request)))));
    };
  }

  private static MutableHttpResponse<String> challenge(String detail, String more) {
    return Problem.of(HttpStatus.UNAUTHORIZED, detail)
        .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"migrations\"" + more);
  }

  /** An answer that no cache keeps. */
  static HttpResponse<String> ok(String json) {
    return HttpResponse.ok(json)
        .contentType(MediaType.APPLICATION_JSON_TYPE)
        .header(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
