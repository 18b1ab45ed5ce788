package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that the integration can do without: no HTTP server, no management, metrics, Data, templates, spans, reactor. */
@PostgresTest
class BareClassPathTest {

  /** What is left: what the integration declares as needed, a pool, and a log. */
  private static final Set<String> NEEDED = Set.of(
      "slf4j-api",
      "postgresql",
      "micronaut-core",
      "micronaut-inject",
      "micronaut-context",
      "micronaut-aop",
      "micronaut-jdbc",
      "micronaut-jdbc-hikari",
      "HikariCP",
      "jakarta.inject-api",
      "jakarta.annotation-api",
      "jspecify",
      "logback-classic",
      "logback-core");

  @Test
  void it_boots_and_migrates(TestDatabase database, @TempDir Path folder) throws Exception {
    Path scripts = Files.createDirectory(folder.resolve("scripts"));
    Files.writeString(scripts.resolve("01_bare.sql"), "CREATE TABLE bare AS SELECT 1 AS id;");
    Path log = folder.resolve("log");

    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classPath(folder),
            BareApplication.class.getName(),
            "datasources.default.url=" + database.jdbcUrl(),
            "datasources.default.username=" + database.user(),
            "datasources.default.password=" + database.password(),
            "migrator.datasources.default.locations=filesystem:" + scripts)
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    String output = Files.readString(log);
    assertThat(process.exitValue()).as(output).isZero();
    assertThat(output)
        .contains("DONE, rows: 1, ", "1 migration applied")
        .doesNotContain("NoClassDefFoundError", "ClassNotFoundException", "WARN", "ERROR");
  }

  private static String classPath(Path folder) throws IOException {
    List<String> entries = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry);
      String name = path.getFileName().toString();
      if (path.endsWith(Path.of("target", "classes"))
          || name.matches("migrator-core.*|micronaut-integration.*")
          || NEEDED.contains(name.replaceFirst("-[0-9].*", ""))) {
        entries.add(entry);
      }
    }
    assertThat(entries.stream().map(entry -> Path.of(entry).getFileName().toString()))
        .as("neither Testcontainers' jar of the driver's name nor a server")
        .noneMatch(name -> name.contains("http") || name.contains("reactor"));
    // Of the tests this one class, and none of their beans.
    String resource = BareApplication.class.getName().replace('.', '/') + ".class";
    Path one = folder.resolve("classes").resolve(resource);
    Files.createDirectories(Objects.requireNonNull(one.getParent()));
    try (InputStream in = BareApplication.class.getClassLoader().getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in), one);
    }
    entries.add(folder.resolve("classes").toString());
    return String.join(File.pathSeparator, entries);
  }
}
