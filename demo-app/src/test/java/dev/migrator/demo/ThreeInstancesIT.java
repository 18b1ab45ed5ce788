package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three instances of the packaged demo that boot at once on one empty database, watched on their dashboards. */
@PostgresTest
@Timeout(180)
class ThreeInstancesIT {
  private static final String TOKEN = "three-instances-of-one-demo";

  /** As long as the test says. A statement that waited for a lock would be cut after three seconds. */
  private static final String SLOW = """
      -- Purpose: To be watched
      CREATE TABLE watched (id bigint PRIMARY KEY);
      DO $$
      BEGIN
        WHILE NOT (SELECT open FROM gate) LOOP
          PERFORM pg_sleep(0.05);
        END LOOP;
      END $$;
      """;

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @Test
  void one_migrates_the_others_wait_and_a_dashboard_shows_it(
      TestDatabase database, @TempDir Path slow) throws Exception {
    database.execute("CREATE TABLE gate AS SELECT false AS open");
    Files.writeString(slow.resolve("0012_watched.sql"), SLOW);

    List<JavaProcess> demos = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        demos.add(JavaProcess.packagedDemo(variables(database, slow)));
      }
      List<String> seen = new ArrayList<>();
      for (JavaProcess demo : demos) {
        seen.add(shown(demo, data -> data.contains("0012 watched") || data.contains("waits for")));
      }
      assertThat(seen)
          .filteredOn(data -> data.contains("12 of 12, 0012 watched"))
          .hasSize(1);
      assertThat(seen).filteredOn(data -> data.contains("waits for another")).hasSize(2);
      assertThat(seen).allMatch(data -> data.contains("\"state\": \"RUNNING\""));

      database.execute("UPDATE gate SET open = true");
      for (JavaProcess demo : demos) {
        shown(demo, data -> data.contains("\"state\": \"DONE\""));
        assertThat(demo.get("/quotes")).isEqualTo(200);
        assertThat(demo.output()).doesNotContain("ERROR");
      }
    } finally {
      demos.forEach(JavaProcess::close);
    }
    assertThat(demos).hasSize(3);
    assertThat(database.query("""
            SELECT count(*), count(DISTINCT version), count(DISTINCT run_id)
              FROM migration_history
             WHERE action = 'apply'
            """)).containsExactly(List.of("12", "12", "1"));
  }

  private static Map<String, String> variables(TestDatabase database, Path slow) {
    Map<String, String> variables = new HashMap<>();
    variables.put("DATASOURCES_DEFAULT_URL", database.jdbcUrl());
    variables.put("DATASOURCES_DEFAULT_USERNAME", database.user());
    variables.put("DATASOURCES_DEFAULT_PASSWORD", database.password());
    variables.put("MIGRATOR_ENVIRONMENT", "test");
    variables.put("INTERNAL_ADMIN_TOKEN", TOKEN);
    variables.put(
        "MIGRATOR_DATASOURCES_DEFAULT_LOCATIONS", "classpath:db/migration,filesystem:" + slow);
    variables.put("MIGRATOR_DATASOURCES_DEFAULT_BACKGROUND", "true");
    return variables;
  }

  /** The first event of a dashboard that shows what is looked for. */
  private String shown(JavaProcess demo, Predicate<String> wanted)
      throws IOException, InterruptedException {
    String base = demo.url() + "/migrations-dashboard";
    String cookie = http.send(
            HttpRequest.newBuilder(URI.create(base + "/login"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("token=" + TOKEN))
                .build(),
            BodyHandlers.discarding())
        .headers()
        .firstValue("Set-Cookie")
        .orElseThrow(() -> new AssertionError("not logged in:\n" + demo.output()))
        .replaceFirst(";.*", "");
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    try (InputStream events = http.send(
                HttpRequest.newBuilder(URI.create(base + "/events"))
                    .header("Cookie", cookie)
                    .build(),
                BodyHandlers.ofInputStream())
            .body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8))) {
      while (System.nanoTime() < deadline) {
        String line = Optional.ofNullable(lines.readLine()).orElseThrow();
        if (line.startsWith("data:") && wanted.test(line)) {
          return line;
        }
      }
    }
    throw new AssertionError("not shown:\n" + demo.output());
  }
}
