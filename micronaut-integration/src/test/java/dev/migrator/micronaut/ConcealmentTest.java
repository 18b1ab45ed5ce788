package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A path that is closed is, whatever is sent to it, as one that does not exist. */
@PostgresTest
class ConcealmentTest {

  @ParameterizedTest
  @CsvSource({
    "production, /api/migrations",
    "production, /api/migrations/history",
    "production, /migrations-dashboard",
    "production, /migrations-dashboard/dry-run",
    "no token, /api/migrations",
    "no token, /migrations-dashboard",
    "switched off, /api/migrations",
    "switched off, /migrations-dashboard",
    "elsewhere, /ops/db",
    "elsewhere, /ops/migrations",
  })
  void no_method_and_no_media_type_tells_that_it_is_there(
      String where, String path, TestDatabase database) {
    Boot boot = new Boot().dataSource("default", database);
    if (!where.equals("no token")) {
      boot.with("migrator.endpoint.token", Served.TOKEN);
    }
    if (where.equals("switched off")) {
      boot.with("migrator.endpoint.enabled", false).with("migrator.dashboard.enabled", false);
    } else {
      boot.with("migrator.datasources.default.environment", "production")
          .with("migrator.datasources.default.confirm-production", true);
    }
    if (where.equals("elsewhere")) {
      boot.with("migrator.dashboard.path", "/ops/db/")
          .with("migrator.endpoint.path", "/ops/migrations/");
    }
    try (Served app = new Served(boot)) {
      for (String method : new String[] {"PUT", "DELETE", "PATCH", "POST", "GET"}) {
        for (String type : new String[] {"application/json", "application/xml", "text/html"}) {
          HttpResponse<String> answer = sent(app, method, path, type);
          HttpResponse<String> nothing = sent(app, method, "/no/such/path", type);
          assertThat(answer.statusCode()).as("%s %s", method, type).isEqualTo(404);
          assertThat(answer.body())
              .as("%s %s", method, type)
              .isEqualTo(nothing.body().replace("/no/such/path", path));
          assertThat(answer.headers().map().keySet())
              .as("%s %s", method, type)
              .isEqualTo(nothing.headers().map().keySet());
        }
      }
    }
  }

  @Test
  void where_it_is_open_the_server_says_what_it_does_not_do(TestDatabase database) {
    try (Served app = new Served(
        new Boot().dataSource("default", database).with("migrator.endpoint.token", Served.TOKEN))) {
      assertThat(sent(app, "PUT", "/api/migrations", "application/json").statusCode())
          .isEqualTo(405);
    }
  }

  private static HttpResponse<String> sent(Served app, String method, String path, String type) {
    return app.send(HttpRequest.newBuilder(app.uri(path))
        .header("Accept", type)
        .header("Content-Type", type)
        .method(
            method,
            method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}")));
  }
}
