package dev.migrator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a project outside this build gets when it depends on migrator-core; the build ran it before. */
@PostgresTest
class ConsumerIT {
  private static final Path PROJECT = Path.of("target", "it", "consumer", "target");

  @Test
  void a_user_resolves_slf4j_and_the_driver_and_nothing_else() throws IOException {
    assertThat(Stream.of(classPath().split(File.pathSeparator, -1)))
        .map(jar -> Path.of(jar).getFileName().toString().replaceFirst("-[0-9].*", ""))
        // The driver brings checker-qual: annotations, no code.
        .containsExactlyInAnyOrder("migrator-core", "slf4j-api", "postgresql", "checker-qual");
  }

  @Test
  void a_user_migrates_with_just_these(TestDatabase database, @TempDir Path scripts)
      throws Exception {
    Files.writeString(scripts.resolve("V1__greeting.sql"), "CREATE TABLE greeting (words text);");
    Files.writeString(scripts.resolve("V2__hello.sql"), "INSERT INTO greeting VALUES ('hello');");

    assertThat(
            consumer(database.jdbcUrl(), database.user(), database.password(), scripts.toString()))
        .endsWith("applied 2\n");
    assertThat(database.value("SELECT words FROM greeting")).isEqualTo("hello");
  }

  private static String classPath() throws IOException {
    return Files.readString(PROJECT.resolve("classpath.txt")).strip();
  }

  private static String consumer(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-classpath");
    command.add(PROJECT.resolve("classes") + File.pathSeparator + classPath());
    command.add("consumer.Consumer");
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
