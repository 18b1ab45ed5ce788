package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.migrator.MigrationEngine;
import dev.migrator.MigrationIndex;
import dev.migrator.config.Connections;
import dev.migrator.config.Environment;
import dev.migrator.testing.NativeImageFiles;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The demo as it is deployed: the one file that the build packages. */
class PackagedDemoIT {
  private static final String TRACKING_TABLE = "SELECT to_regclass('schema_migrations')";

  private static final String APPLIED = """
      SELECT string_agg(concat_ws(' ', version, name, checksum), E'\\n' ORDER BY version_key)
        FROM schema_migrations
       WHERE status = 'completed'
      """;

  private static RecordingServer server;

  /** Beside the server it runs a pool that nobody uses: what that sends is the pool's own. */
  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    server = new RecordingServer(folder);
    HikariConfig pool = new HikariConfig();
    pool.setJdbcUrl(server.jdbcUrl("postgres", "pool"));
    pool.setConnectionTestQuery("SELECT 1"); // Micronaut's default
    new HikariDataSource(pool).close();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void without_any_configuration_it_serves_on_a_database_of_its_own_time_and_again()
      throws IOException {
    for (int start = 1; start <= 2; start++) {
      int port;
      try (JavaProcess demo = JavaProcess.packagedDemo(Map.of())) {
        assertThat(demo.get("/quotes")).isEqualTo(200);
        assertThat(demo.get("/archive")).isEqualTo(200);
        assertThat(demo.output())
            .contains("2 migrations applied (database archive, schema archive, ")
            .containsSubsequence(
                "0001     create_customers",
                "0008     index_payments_by_day  applied  1",
                "without a transaction",
                "11 migrations applied (database postgres, schema public, environment development, ",
                "Server Running: http://localhost:");
        port = embeddedPort(demo.output());
        new Socket("localhost", port).close();
        // 128 and the signal's number: what an orchestrator expects.
        assertThat(demo.terminate()).isEqualTo(143);
      }
      assertThatThrownBy(() -> new Socket("localhost", port).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void the_package_finds_the_same_migrations_as_a_run_from_the_directories_of_the_build() {
    server.create("packaged");
    server.create("exploded");
    try (JavaProcess demo = JavaProcess.packagedDemo(development("packaged"))) {
      demo.url();
    }
    try (JavaProcess demo = JavaProcess.explodedDemo(development("exploded"))) {
      demo.url();
    }
    assertThat(server.query("packaged", APPLIED))
        .isEqualTo(server.query("exploded", APPLIED))
        .hasLineCount(11)
        .startsWith("0001 create_customers ");

    // Each finds nothing to do, and nothing edited, in what the other one applied.
    try (JavaProcess demo = JavaProcess.explodedDemo(development("packaged"))) {
      demo.url();
      assertThat(demo.output()).contains("Up to date: nothing to apply");
    }
  }

  @Test
  void the_package_has_an_index_of_exactly_its_migrations(@TempDir Path folder) throws IOException {
    String index = null;
    try (JarFile jar = new JarFile(System.getProperty("demo.jar"))) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (!entry.isDirectory() && name.startsWith("db/migration/")) {
          byte[] content = jar.getInputStream(entry).readAllBytes();
          if (name.endsWith("/migrator.index")) {
            index = new String(content, StandardCharsets.UTF_8);
          } else {
            Files.write(folder.resolve(name.substring("db/migration/".length())), content);
          }
        }
      }
    }
    assertThat(index).isEqualTo(Files.readString(MigrationIndex.write(folder).file()));
    assertThat(index).contains("\t0011\tseed_examples\t");
  }

  @Test
  void the_package_tells_graalvm_of_every_script_and_a_native_image_would_find_them_all()
      throws IOException {
    Path demo = Path.of(System.getProperty("demo.jar"));
    List<Pattern> included = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (JarFile jar = new JarFile(demo.toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        if (entry.getName().matches("META-INF/native-image/dev.migrator/.*/resource-config.json")) {
          String content =
              new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          Pattern.compile("\"pattern\": \"([^\"]*)\"")
              .matcher(content)
              .results()
              .forEach(
                  found -> included.add(Pattern.compile(found.group(1).replace("\\\\", "\\"))));
        } else if (entry
            .getName()
            .matches("db/.+|dev/migrator/micronaut/dashboard/.+\\.(html|css|js)")) {
          // GraalVM names folders without a slash at their end.
          names.add(entry.getName().replaceFirst("/$", ""));
        }
      }
    }
    assertThat(names)
        .contains("db/migration", "db/migration/migrator.index", "db/archive/migrator.index")
        .allMatch(name -> included.stream().anyMatch(each -> each.matcher(name).matches()));

    server.create("native_image");
    MigrationEngine engine = MigrationEngine.builder()
        .connections(Connections.to(server.libpqUrl("native_image")))
        .locations("classpath:db/migration", "classpath:db/slow")
        .classLoader(NativeImageFiles.loader(demo, true))
        .environment(Environment.TEST)
        .build();
    assertThat(engine.plan().steps()).hasSize(12);
  }

  @ParameterizedTest
  @CsvSource({
    "MIGRATOR_ENABLED, all_off, Migrations are switched off (migrator.enabled=false).",
    "MIGRATOR_DATASOURCES_DEFAULT_ENABLED, one_off, Migrations of data source default are switched off"
        + " (migrator.datasources.default.enabled=false)."
  })
  void switched_off_in_production_it_asks_nothing_and_the_command_line_migrates(
      String variable, String database, String line) {
    server.create(database);

    try (JavaProcess demo = JavaProcess.packagedDemo(Map.of(
        "DATASOURCES_DEFAULT_URL",
        server.jdbcUrl(database, database),
        "MICRONAUT_ENVIRONMENTS",
        "prod",
        variable,
        "false"))) {
      demo.url();

      assertThat(demo.output().lines().filter(l -> l.contains("igrat")))
          .singleElement()
          .asString()
          .endsWith(line);
      assertThat(server.statements(database))
          .isEqualTo(server.statements("pool"))
          .containsExactlyInAnyOrder("SELECT 1", "SHOW TRANSACTION ISOLATION LEVEL");
      assertThat(server.query(database, TRACKING_TABLE)).isEqualTo("null");
      assertThat(demo.get("/quotes")).isEqualTo(500);

      try (JavaProcess cli = JavaProcess.commandLine(
          Map.of(),
          "migrate",
          "--url",
          server.libpqUrl(database),
          "--location",
          "filesystem:" + System.getProperty("demo.migrations"),
          "--environment",
          "production",
          "--confirm-production",
          "--backup",
          "off")) { // which needs a pg_dump of the server's version
        assertThat(cli.exitCode()).as(cli.output()).isZero();
        assertThat(cli.output()).contains("11 migrations applied");
      }

      // The application that has been running all the time finds its tables.
      assertThat(demo.get("/quotes")).isEqualTo(200);
    }

    // Switched on again, production has nothing to confirm; and the record shows what the engine
    // asks when it asks.
    try (JavaProcess demo = JavaProcess.packagedDemo(Map.of(
        "DATASOURCES_DEFAULT_URL",
        server.jdbcUrl(database, database + "_on"),
        "MICRONAUT_ENVIRONMENTS",
        "prod"))) {
      demo.url();
      assertThat(demo.output()).contains("Up to date: nothing to apply");
      assertThat(server.statements(database + "_on"))
          .anyMatch(statement -> !server.statements("pool").contains(statement));
    }
  }

  private static Map<String, String> development(String database) {
    return Map.of(
        "DEMO_DATABASE_URL", server.libpqUrl(database), "MIGRATOR_ENVIRONMENT", "development");
  }

  private static int embeddedPort(String output) {
    Matcher matcher = Pattern.compile("postgres@localhost:(\\d+)/").matcher(output);
    assertThat(matcher.find()).as(output).isTrue();
    return Integer.parseInt(matcher.group(1));
  }
}
