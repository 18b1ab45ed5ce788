package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
class EndpointTest {
  private static final String PATH = "/api/migrations";
  private static final String APPLY = "{\"dryRun\": false}";

  @Test
  void it_tells_where_every_migration_stands(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> answer = app.get(PATH);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.body())
          .contains("\"name\": \"default\", \"mode\": \"apply\", \"environment\": \"development\"")
          .contains("\"state\": \"done\"", "\"pending\": 0", "\"current\": \"0002\"")
          .contains("\"name\": \"first_note\"");
    }
  }

  @Test
  void a_dry_run_says_what_is_pending_and_a_run_applies_it(
      TestDatabase database, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder)) {
      Files.writeString(folder.resolve("02_b.sql"), "CREATE TABLE b ();");
      HttpResponse<String> dry = app.post(PATH, "{\"dryRun\": true}");
      assertThat(dry.statusCode()).isEqualTo(200);
      assertThat(dry.body()).contains("\"dryRun\": true", "\"plan\"", "\"lint\"", "\"id\": \"02\"");
      assertThat(database.value("SELECT to_regclass('b')")).isEqualTo("NULL");
      assertThat(app.get(PATH).body()).contains("\"pending\": 1");

      HttpResponse<String> run = app.post(PATH, "{\"dryRun\": false, \"dataSource\": \"default\"}");
      assertThat(run.statusCode()).isEqualTo(200);
      assertThat(run.body()).contains("\"dryRun\": false", "\"report\"", "\"id\": \"02\"");
      assertThat(database.value("SELECT to_regclass('b')")).isEqualTo("b");
      assertThat(app.get(PATH).body()).contains("\"pending\": 0");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "[]",
        "null",
        "false",
        "{\"dryRun\": \"false\"}",
        "{\"dryRun\": 0}",
        "{\"dryRun\": null}",
        "{\"dryrun\": false}",
        "{\"dryRun\": false,}",
        "{\"dryRun\": false",
        "{\"dryRun\": false} {}",
        "{\"dryRun\": true, \"dryRun\": false}",
        "{\"dryRun\": false, \"force\": true}",
        "{\"dataSource\": \"default\"}",
        "{\"dataSource\": true, \"dryRun\": false}",
        "dryRun=false",
        "\u0000\u00ff",
      })
  void what_does_not_say_clearly_what_is_wanted_is_no_order(String body, TestDatabase database)
      throws IOException {
    Path folder = Files.createTempDirectory("migrations");
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder)) {
      Files.writeString(folder.resolve("02_b.sql"), "CREATE TABLE b ();");
      HttpResponse<String> answer = app.post(PATH, body);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body()).contains("\"status\": 400", "\"title\": \"Bad Request\"");
      assertThat(database.value("SELECT to_regclass('b')")).isEqualTo("NULL");
    }
  }

  @Test
  void an_order_without_any_body_is_none(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> answer = app.send(HttpRequest.newBuilder(app.uri(PATH))
          .header("Authorization", "Bearer " + Served.TOKEN)
          .POST(HttpRequest.BodyPublishers.noBody()));
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("There is no body");
    }
  }

  @Test
  void a_huge_body_is_refused(TestDatabase database) {
    try (Served app = served(database)) {
      String huge = "{\"dryRun\": false" + " ".repeat(1_000_000) + "}";
      long begun = System.nanoTime();
      assertThat(app.post(PATH, huge).statusCode()).isEqualTo(413);
      HttpResponse<String> stranger = app.send(
          HttpRequest.newBuilder(app.uri(PATH)).POST(HttpRequest.BodyPublishers.ofString(huge)));
      assertThat(stranger.statusCode()).isEqualTo(401);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      assertThat(app.get(PATH).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void who_shows_no_token_or_a_wrong_one_is_told_so_and_nothing_else(TestDatabase database)
      throws IOException {
    try (Served app = served(database);
        Log log = new Log()) {
      HttpResponse<String> none = app.send(HttpRequest.newBuilder(app.uri(PATH)));
      assertThat(none.statusCode()).isEqualTo(401);
      assertThat(none.headers().firstValue("WWW-Authenticate"))
          .contains("Bearer realm=\"migrations\"");
      assertThat(none.headers().firstValue("Content-Type")).contains("application/problem+json");
      HttpResponse<String> basic =
          app.send(HttpRequest.newBuilder(app.uri(PATH)).header("Authorization", "Basic YTpi"));
      assertThat(basic.statusCode()).isEqualTo(401);
      for (String wrong : new String[] {
        "", Served.TOKEN + "x", "x".repeat(6_000), Served.TOKEN.toUpperCase(Locale.ROOT)
      }) {
        HttpResponse<String> answer = app.send(HttpRequest.newBuilder(app.uri(PATH))
            .header("Authorization", "Bearer " + wrong)
            .POST(HttpRequest.BodyPublishers.ofString(APPLY)));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("0001", "notes");
      }
      assertThat(raw(app, "Authorization: Bearer t\u00f6ken\u20ac")).startsWith("HTTP/1.1 401");
      assertThat(log.messages())
          .anySatisfy(line -> assertThat(line)
              .startsWith("A wrong token for /api/migrations from ")
              .endsWith("of at most 10 within 60 s."))
          .noneSatisfy(line -> assertThat(line).contains(Served.TOKEN));
    }
  }

  @Test
  void a_token_may_have_any_characters(TestDatabase database) throws IOException {
    try (Served app =
        new Served(boot(database).with("migrator.endpoint.token", "t\u00f6ken\u20ac"))) {
      assertThat(raw(app, "Authorization: Bearer t\u00f6ken\u20ac")).startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void the_variable_counts_before_the_property(TestDatabase database) {
    try (Served app = new Served(boot(database)
        .with("migrator.endpoint.token", "another")
        .variable("INTERNAL_ADMIN_TOKEN", Served.TOKEN))) {
      assertThat(app.get(PATH).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void an_address_that_guesses_is_shut_out_for_a_while(TestDatabase database) {
    try (Served app = served(database)) {
      for (int i = 0; i < 10; i++) {
        assertThat(app.send(HttpRequest.newBuilder(app.uri(PATH))
                    .header("Authorization", "Bearer guess" + i))
                .statusCode())
            .isEqualTo(401);
      }
      HttpResponse<String> answer = app.get(PATH);
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(1L, 60L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"production", "unknown", "no token", "blank token", "switched off"})
  void where_it_may_not_answer_it_is_as_if_it_were_not_there(String where, TestDatabase database) {
    Boot boot = new Boot().dataSource("default", database);
    switch (where) {
      case "production" ->
        boot.with("migrator.datasources.default.environment", "production")
            .with("migrator.datasources.default.confirm-production", true)
            .with("migrator.endpoint.token", Served.TOKEN);
      case "unknown" ->
        boot.environments("elsewhere")
            .with("migrator.datasources.default.confirm-production", true)
            .with("migrator.endpoint.token", Served.TOKEN);
      case "blank token" -> boot.with("migrator.endpoint.token", "  ");
      case "switched off" ->
        boot.with("migrator.endpoint.enabled", false).with("migrator.endpoint.token", Served.TOKEN);
      default -> {}
    }
    try (Served app = new Served(boot)) {
      String unknown = app.get("/no/such/path").body().replace("/no/such/path", PATH);
      HttpResponse<String> get = app.get(PATH);
      assertThat(get.statusCode()).isEqualTo(404);
      assertThat(get.body()).isEqualTo(unknown);
      HttpResponse<String> post = app.post(PATH, APPLY);
      assertThat(post.statusCode()).isEqualTo(404);
      assertThat(post.body()).isEqualTo(unknown);
      assertThat(app.post(PATH, "").statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/migrations/",
        "//api/migrations",
        "/api/./migrations",
        "/api/x/../migrations",
        "/api/%6digrations",
        "/api/migrations;a=b",
        "/api/migrations?token=" + Served.TOKEN,
        "/api/migrations/history",
        "/api/migrations/entities"
      })
  void no_spelling_of_the_path_gets_around_the_token(String path, TestDatabase database)
      throws IOException {
    try (Served app = served(database)) {
      assertThat(raw(app, path, "X-Nothing: 1"))
          .satisfies(answer -> assertThat(answer.substring(9, 12)).isIn("400", "401", "404"))
          .doesNotContain("first_note");
    }
  }

  @Test
  void one_run_at_a_time_and_a_look_meanwhile_shows_how_far_it_is(
      TestDatabase database, @TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder)) {
      Files.writeString(folder.resolve("02_slow.sql"), "SELECT pg_sleep(3);");
      CompletableFuture<HttpResponse<String>> first =
          CompletableFuture.supplyAsync(() -> app.post(PATH, APPLY));
      awaitProgress(app);
      assertThat(app.post(PATH, APPLY).statusCode()).isEqualTo(409);
      assertThat(app.post(PATH, "{\"dryRun\": true}").statusCode()).isEqualTo(409);
      assertThat(app.get(PATH).body()).contains("\"words\": \"1 of 1, 02 slow\"");
      assertThat(first.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      assertThat(app.post(PATH, APPLY).body()).contains("\"upToDate\": true");
    }
  }

  private static void awaitProgress(Served app) throws InterruptedException {
    MigratedDataSource one =
        app.context.getBean(MigratedDataSources.class).find("default").orElseThrow();
    for (int i = 0; i < 200; i++) {
      BootProgress progress = one.status().progress();
      if (progress != null && progress.migration() != null) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no run began");
  }

  @Test
  void a_failure_is_a_problem_with_its_code_and_without_passwords(
      TestDatabase database, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = served(database, folder)) {
      Files.writeString(
          folder.resolve("02_bad.sql"),
          "DO $$BEGIN RAISE EXCEPTION '<script>alert(1)</script> jdbc:postgresql://h/x?user=u&password=hunter2'; END$$;");
      HttpResponse<String> answer = app.post(PATH, APPLY);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
      assertThat(answer.body())
          .contains("\"code\": \"MIGRATION_FAILED\"", "02_bad.sql")
          .doesNotContain("hunter2");
      Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE edited ();");
      assertThat(app.post(PATH, APPLY).statusCode()).isEqualTo(422);
    }
  }

  @Test
  void a_data_source_that_there_is_not_cannot_be_run(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> answer =
          app.post(PATH, "{\"dryRun\": true, \"dataSource\": \"orders\"}");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("there is: default.");
    }
  }

  @Test
  void its_path_can_be_another(TestDatabase database) {
    try (Served app = new Served(boot(database)
        .with("migrator.endpoint.token", Served.TOKEN)
        .with("migrator.endpoint.path", "/internal/schema"))) {
      assertThat(app.get("/internal/schema").statusCode()).isEqualTo(200);
      assertThat(app.get(PATH).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void the_management_endpoint_shows_the_same_and_is_sensitive(TestDatabase database) {
    try (Served app = served(database)) {
      assertThat(app.send(HttpRequest.newBuilder(app.uri("/migrations"))).statusCode())
          .isEqualTo(401);
    }
    try (Served app = new Served(boot(database).with("endpoints.migrations.sensitive", false))) {
      HttpResponse<String> answer = app.send(HttpRequest.newBuilder(app.uri("/migrations")));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"type\": \"migrations\"", "\"current\": \"0002\"");
      assertThat(
              app.send(HttpRequest.newBuilder(app.uri("/migrations/default"))).statusCode())
          .isEqualTo(200);
      assertThat(app.send(HttpRequest.newBuilder(app.uri("/migrations/other"))).statusCode())
          .isEqualTo(404);
    }
  }

  @Test
  void pages_of_the_history_and_what_entities_lack_can_be_asked_for(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> history = app.get(PATH + "/history?text=NOTE");
      assertThat(history.statusCode()).isEqualTo(200);
      assertThat(history.body()).contains("\"total\": 2", "\"version\": \"0002\"");
      assertThat(app.get(PATH + "/history?page=-1").statusCode()).isEqualTo(400);
      assertThat(app.get(PATH + "/history?dataSource=no").statusCode()).isEqualTo(404);
      assertThat(app.send(HttpRequest.newBuilder(app.uri(PATH + "/history"))).statusCode())
          .isEqualTo(401);
      HttpResponse<String> entities = app.get(PATH + "/entities");
      assertThat(entities.statusCode()).isEqualTo(200);
      assertThat(entities.body()).contains("\"type\": \"entities\"");
    }
  }

  private static Boot boot(TestDatabase database) {
    return new Boot().dataSource("default", database);
  }

  private static Served served(TestDatabase database) {
    return new Served(boot(database).with("migrator.endpoint.token", Served.TOKEN));
  }

  private static Served served(TestDatabase database, Path folder) {
    return new Served(boot(database)
        .with("migrator.endpoint.token", Served.TOKEN)
        .with("migrator.datasources.default.locations", "filesystem:" + folder));
  }

  private static String raw(Served app, String header) throws IOException {
    return raw(app, PATH, header);
  }

  /** What no client would send. */
  private static String raw(Served app, String path, String header) throws IOException {
    try (Socket socket = new Socket("localhost", app.server.getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header
              + "\r\n\r\n")
          .getBytes(StandardCharsets.UTF_8));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
