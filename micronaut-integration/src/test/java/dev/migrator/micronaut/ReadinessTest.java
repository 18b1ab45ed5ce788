package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@PostgresTest
class ReadinessTest {

  @Test
  void after_the_boot_the_application_is_ready_and_says_why(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> ready = get(app, "/health/readiness");
      assertThat(ready.statusCode()).isEqualTo(200);
      assertThat(ready.body())
          .contains(
              "\"migrations\":{", "\"state\":\"done\"", "\"pending\":0", "\"mode\":\"apply\"");
      HttpResponse<String> live = get(app, "/health/liveness");
      assertThat(live.statusCode()).isEqualTo(200);
      assertThat(live.body()).doesNotContain("migrations");
    }
  }

  @Test
  void a_run_that_is_under_way_shows_its_progress(TestDatabase database, @TempDir Path folder)
      throws Exception {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder)) {
      Files.writeString(folder.resolve("02_slow.sql"), "SELECT pg_sleep(2);");
      MigratedDataSource one =
          app.context.getBean(MigratedDataSources.class).find("default").orElseThrow();
      CompletableFuture<Void> run =
          CompletableFuture.runAsync(() -> one.engine().orElseThrow().migrate());
      String body = "";
      for (int i = 0; i < 100 && !body.contains("02 slow"); i++) {
        body = get(app, "/health/readiness").body();
        Thread.sleep(20);
      }
      assertThat(body).contains("\"reason\":\"1 of 1, 02 slow\"", "\"pending\":1");
      run.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void the_info_endpoint_tells_the_version_once_it_was_read(TestDatabase database)
      throws InterruptedException {
    try (Served app = served(database)) {
      String body = "";
      for (int i = 0; i < 200 && !body.contains("version"); i++) {
        body = get(app, "/info").body();
        Thread.sleep(20);
      }
      assertThat(body)
          .contains("\"migrations\":{\"default\":{", "\"version\":\"0002\"", "\"pending\":0");
    }
  }

  @Test
  void it_can_be_switched_off(TestDatabase database) {
    try (Served app = new Served(new Boot()
        .dataSource("default", database)
        .with("endpoints.health.details-visible", "ANONYMOUS")
        .with("endpoints.health.migrations.enabled", false))) {
      assertThat(get(app, "/health").body()).doesNotContain("migrations");
    }
  }

  private static Served served(TestDatabase database) {
    return new Served(new Boot()
        .dataSource("default", database)
        .with("endpoints.info.sensitive", false)
        .with("endpoints.health.details-visible", "ANONYMOUS"));
  }

  private static Served served(TestDatabase database, Path folder) throws IOException {
    return new Served(new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        // Micronaut's own indicator would wait for the pool's only connection.
        .with("endpoints.health.jdbc.enabled", false)
        .with("endpoints.health.details-visible", "ANONYMOUS"));
  }

  private static HttpResponse<String> get(Served app, String path) {
    return app.send(HttpRequest.newBuilder(app.uri(path)));
  }
}
