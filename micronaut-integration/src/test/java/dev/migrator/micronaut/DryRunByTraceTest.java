package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.FailureCode;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dry runs that are ordered, where the configuration says on which server throw-away databases may be made. */
@PostgresTest
class DryRunByTraceTest {

  private static final String SERVER = "migrator.datasources.default.throw-away-server";

  @TempDir
  Path folder;

  @Test
  void the_dashboard_expects_locks_and_shows_what_a_throw_away_database_saw(TestDatabase database)
      throws IOException {
    try (Served app = served(database)) {
      Files.writeString(
          folder.resolve("02_note.sql"),
          "ALTER TABLE towns ADD COLUMN note text;\nCREATE INDEX towns_name ON towns (name);");
      Page overview = Page.of(app, "");
      assertThat(overview.body)
          .contains("Expected locks", "ACCESS EXCLUSIVE on towns (line 1); SHARE on towns (line 2)")
          .contains("index-not-concurrent");

      assertThat(Page.of(app, "/dry-run?dataSource=default").body)
          .contains("tried on a throw-away copy of the schema");
      String report = overview.dryRun();
      assertThat(report)
          .contains("result good", "1 migration would be applied.")
          .contains("ACCESS EXCLUSIVE", "index-not-concurrent");
      assertThat(
              database.value(
                  "SELECT count(*) FROM pg_attribute WHERE attrelid = 'towns'::regclass AND attname = 'note'"))
          .isEqualTo("0");
    }
  }

  @Test
  void one_that_fails_there_is_told_by_dashboard_and_endpoint(TestDatabase database)
      throws IOException {
    try (Served app = served(database)) {
      Files.writeString(folder.resolve("02_note.sql"), "ALTER TABLE town ADD COLUMN note text;");
      assertThat(Page.of(app, "").dryRun())
          .contains("result bad", "A run would fail or be refused.")
          .contains("relation &quot;town&quot; does not exist");
      HttpResponse<String> answer = app.post("/api/migrations", "{\"dryRun\": true}");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"passed\": false", "\"code\": \"MIGRATION_FAILED\"");
    }
  }

  @Test
  void a_server_that_is_none_is_refused_without_its_password(TestDatabase database) {
    for (String server : new String[] {"somewhere:hunter2", "postgresql://x:hunter2@h:port/"}) {
      StartupFailure failure = new Boot()
          .dataSource("default", database)
          .with("migrator.datasources.default.require-dry-run", true)
          .with(SERVER, server)
          .failure();
      assertThat(failure.code()).isEqualTo(FailureCode.CONFIGURATION_INVALID);
      assertThat(failure.toString()).contains("throw-away-server").doesNotContain("hunter2");
    }
  }

  private Served served(TestDatabase database) throws IOException {
    Files.writeString(
        folder.resolve("01_towns.sql"), "CREATE TABLE towns (id int PRIMARY KEY, name text);");
    URI jdbc = URI.create(database.jdbcUrl().substring("jdbc:".length()));
    return new Served(new Boot()
        .dataSource("default", database)
        .with("migrator.endpoint.token", Served.TOKEN)
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .with(
            SERVER,
            "postgresql://" + database.user() + ":"
                + URLEncoder.encode(database.password(), StandardCharsets.UTF_8) + "@"
                + jdbc.getHost() + ":" + jdbc.getPort() + "/postgres"));
  }

  /** A page of the dashboard, for somebody who is logged in. */
  private record Page(Served app, String cookie, String body) {

    private static final String PATH = "/migrations-dashboard";

    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

    static Page of(Served app, String path) {
      String cookie = form(app, "/login", "", "token=" + Served.TOKEN)
          .headers()
          .firstValue("Set-Cookie")
          .orElseThrow()
          .split(";")[0];
      HttpResponse<String> page =
          app.send(HttpRequest.newBuilder(app.uri(PATH + path)).header("Cookie", cookie));
      assertThat(page.statusCode()).isEqualTo(200);
      return new Page(app, cookie, page.body());
    }

    String dryRun() {
      Matcher csrf = CSRF.matcher(body);
      assertThat(csrf.find()).isTrue();
      return form(app, "/dry-run", cookie, "dataSource=default&confirmed=yes&csrf=" + csrf.group(1))
          .body();
    }

    private static HttpResponse<String> form(Served app, String path, String cookie, String form) {
      return app.send(HttpRequest.newBuilder(app.uri(PATH + path))
          .header("Content-Type", "application/x-www-form-urlencoded")
          .header("Cookie", cookie)
          .POST(HttpRequest.BodyPublishers.ofString(form)));
    }
  }
}
