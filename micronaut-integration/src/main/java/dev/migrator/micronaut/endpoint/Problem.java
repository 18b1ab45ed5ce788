package dev.migrator.micronaut.endpoint;

import dev.migrator.micronaut.operate.Json;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Problem details for HTTP APIs (RFC 9457). */
final class Problem {

  private static final MediaType TYPE = MediaType.of("application/problem+json");

  private Problem() {}

  /**
   * An answer that tells what is wrong.
   *
   * @param status the status of the answer
   * @param detail what is wrong with this request, without anything secret
   */
  static MutableHttpResponse<String> of(HttpStatus status, String detail) {
    return of(status, detail, Map.of());
  }

  /**
   * An answer that tells what is wrong, and more.
   *
   * @param more further members
   */
  static MutableHttpResponse<String> of(
      HttpStatus status, String detail, Map<String, Object> more) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "about:blank");
    members.put("title", status.getReason());
    members.put("status", status.getCode());
    members.put("detail", detail);
    members.putAll(more);
    return HttpResponse.<String>status(status).contentType(TYPE).body(Json.of(members) + "\n");
  }
}
