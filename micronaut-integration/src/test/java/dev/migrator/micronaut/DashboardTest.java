package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@PostgresTest
class DashboardTest {
  private static final String PATH = "/migrations-dashboard";
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

  @Test
  void the_right_token_gives_a_cookie_that_no_script_and_no_other_site_gets(TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> answer = logIn(app, Served.TOKEN);
      assertThat(answer.statusCode()).isEqualTo(303);
      assertThat(answer.headers().firstValue("Location")).contains(PATH);
      assertThat(answer.headers().firstValue("Set-Cookie").orElse(""))
          .containsIgnoringCase("; HttpOnly")
          .contains("SameSite=Strict", "Path=" + PATH)
          .doesNotContain(Served.TOKEN)
          .doesNotContain("Secure");
      HttpResponse<String> page = get(app, PATH, cookie(answer));
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("first_note", "Up to date.");
    }
  }

  @Test
  void every_answer_keeps_other_sites_and_scripts_out(TestDatabase database) {
    try (Served app = served(database)) {
      for (String cookie : new String[] {"", cookie(logIn(app, Served.TOKEN))}) {
        HttpResponse<String> page = get(app, PATH, cookie);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
            .contains("default-src 'none'", "script-src 'sha256-", "frame-ancestors 'none'")
            .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("DENY");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).doesNotContain(" onclick=", " style=\"", "src=\"http");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/history", "/events", "/dry-run?dataSource=default"})
  void nobody_sees_anything_without_logging_in(String path, TestDatabase database) {
    try (Served app = served(database)) {
      for (String cookie : new String[] {
        "",
        "migrator_dashboard=",
        "migrator_dashboard=9999999999-00.00",
        "migrator_dashboard=x",
        "migrator_dashboard=-.",
        "migrator_dashboard=" + Served.TOKEN
      }) {
        HttpResponse<String> answer = get(app, PATH + path, cookie);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain("first_note");
      }
    }
  }

  @Test
  void a_cookie_whose_end_was_moved_is_none(TestDatabase database) {
    try (Served app = served(database)) {
      String cookie = cookie(logIn(app, Served.TOKEN));
      String later = cookie.replaceFirst("=\\d+-", "=99999999999-");
      assertThat(later).isNotEqualTo(cookie);
      assertThat(get(app, PATH, later).statusCode()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", "t\u00f6ken", "' OR 1=1 --", "<script>alert(1)</script>"})
  void a_wrong_token_is_refused(String token, TestDatabase database) {
    try (Served app = served(database)) {
      HttpResponse<String> answer = logIn(app, token);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
      assertThat(answer.body()).doesNotContain("<script>alert");
    }
  }

  @Test
  void guessing_is_limited_and_the_endpoint_counts_along(TestDatabase database) {
    try (Served app = served(database)) {
      for (int i = 0; i < 10; i++) {
        assertThat(logIn(app, "guess" + i).statusCode()).isEqualTo(401);
      }
      assertThat(logIn(app, Served.TOKEN).statusCode()).isEqualTo(429);
      assertThat(app.get("/api/migrations").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void a_form_of_another_site_does_nothing(TestDatabase database) {
    try (Served app = served(database)) {
      String cookie = cookie(logIn(app, Served.TOKEN));
      String form = "dataSource=default&confirmed=yes&csrf=";
      String csrf = csrf(get(app, PATH, cookie));
      assertThat(post(app, "/dry-run", cookie, form + csrf).statusCode()).isEqualTo(200);
      assertThat(post(app, "/dry-run", cookie, form).statusCode()).isEqualTo(403);
      assertThat(post(app, "/dry-run", cookie, form + "0".repeat(64)).statusCode())
          .isEqualTo(403);
      assertThat(post(app, "/dry-run", "", form + csrf).statusCode()).isEqualTo(401);
      String another = csrf(get(app, PATH, cookie(logIn(app, Served.TOKEN))));
      assertThat(post(app, "/dry-run", cookie, form + another).statusCode()).isEqualTo(403);
      for (String[] header : new String[][] {
        {"Origin", "https://evil.example"},
        {"Origin", "null"},
        {"Sec-Fetch-Site", "cross-site"},
        {"Sec-Fetch-Site", "same-site"}
      }) {
        assertThat(app.send(form(app, "/dry-run", cookie, form + csrf).header(header[0], header[1]))
                .statusCode())
            .isEqualTo(403);
        assertThat(app.send(
                    form(app, "/login", "", "token=" + Served.TOKEN).header(header[0], header[1]))
                .statusCode())
            .isEqualTo(403);
      }
      assertThat(post(app, "/logout", cookie, "csrf=").statusCode()).isEqualTo(403);
      assertThat(
              post(app, "/dry-run", cookie, "dataSource=default&csrf=" + csrf).statusCode())
          .isEqualTo(400);
    }
  }

  @Test
  void a_huge_form_is_refused_at_once(TestDatabase database) {
    try (Served app = served(database)) {
      long begun = System.nanoTime();
      assertThat(logIn(app, "x".repeat(1_000_000)).statusCode()).isEqualTo(400);
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void script_in_names_and_errors_stays_text_and_passwords_stay_out(
      TestDatabase database, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("01_a.sql"), "CREATE TABLE a ();");
    try (Served app = new Served(
        boot(database).with("migrator.datasources.default.locations", "filesystem:" + folder))) {
      Files.writeString(
          folder.resolve("02_<script>alert(2)<.sql"),
          "DO $$BEGIN RAISE EXCEPTION '</pre><script>alert(1)</script> password=hunter2'; END$$;");
      assertThat(app.post("/api/migrations", "{\"dryRun\": false}").statusCode())
          .isEqualTo(500);
      String cookie = cookie(logIn(app, Served.TOKEN));
      for (String path : new String[] {"", "/history", "/history?text=%3Cscript%3Ealert(3)"}) {
        assertThat(get(app, PATH + path, cookie).body())
            .contains("&lt;script&gt;alert(")
            .doesNotContain("<script>alert", "password=hunter2");
      }
    }
  }

  @Test
  void in_production_it_is_there_only_when_switched_on_and_then_for_looking(TestDatabase database) {
    Boot production = boot(database)
        .with("migrator.datasources.default.environment", "production")
        .with("migrator.datasources.default.confirm-production", true);
    try (Served app = new Served(production)) {
      assertThat(get(app, PATH, "").statusCode()).isEqualTo(404);
      assertThat(logIn(app, Served.TOKEN).statusCode()).isEqualTo(404);
      assertThat(get(app, PATH + "/events", "").statusCode()).isEqualTo(404);
    }
    try (Served app = new Served(production.with("migrator.dashboard.enabled", true))) {
      String cookie = cookie(logIn(app, Served.TOKEN));
      HttpResponse<String> page = get(app, PATH, cookie);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("(read-only)").doesNotContain("/dry-run");
      assertThat(
              post(app, "/dry-run", cookie, "dataSource=default&confirmed=yes&csrf=" + csrf(page))
                  .statusCode())
          .isEqualTo(404);
      assertThat(app.get("/api/migrations").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void without_a_token_or_switched_off_it_is_not_there(TestDatabase database) {
    try (Served app = new Served(new Boot().dataSource("default", database))) {
      assertThat(get(app, PATH, "").statusCode()).isEqualTo(404);
    }
    try (Served app = new Served(boot(database).with("migrator.dashboard.enabled", false))) {
      assertThat(get(app, PATH, "").statusCode()).isEqualTo(404);
    }
    try (Served app = new Served(boot(database).with("migrator.dashboard.path", "/ops/db/"))) {
      HttpResponse<String> answer = app.send(HttpRequest.newBuilder(app.uri("/ops/db/login"))
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(HttpRequest.BodyPublishers.ofString("token=" + Served.TOKEN)));
      assertThat(answer.headers().firstValue("Location")).contains("/ops/db");
      assertThat(get(app, "/ops/db", cookie(answer)).statusCode()).isEqualTo(200);
    }
  }

  private static Boot boot(TestDatabase database) {
    return new Boot().dataSource("default", database).with("migrator.endpoint.token", Served.TOKEN);
  }

  private static Served served(TestDatabase database) {
    return new Served(boot(database));
  }

  private static HttpResponse<String> logIn(Served app, String token) {
    return post(app, "/login", "", "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }

  private static HttpResponse<String> post(Served app, String path, String cookie, String form) {
    return app.send(form(app, path, cookie, form));
  }

  private static HttpRequest.Builder form(Served app, String path, String cookie, String form) {
    return HttpRequest.newBuilder(app.uri(PATH + path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Cookie", cookie)
        .POST(HttpRequest.BodyPublishers.ofString(form));
  }

  private static HttpResponse<String> get(Served app, String path, String cookie) {
    return app.send(HttpRequest.newBuilder(app.uri(path)).header("Cookie", cookie));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
  }

  private static String csrf(HttpResponse<String> page) {
    Matcher matcher = CSRF.matcher(page.body());
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
