package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a project outside this build gets when it depends on migrator-core; the build ran it before. */
class ConsumerIT {
  private static final Path PROJECT = Path.of("target", "it", "consumer", "target");

  @Test
  void a_user_resolves_slf4j_and_the_driver_and_nothing_else() throws IOException {
    assertThat(classPath())
        .map(jar -> jar.getFileName().toString().replaceFirst("-[0-9].*", ""))
        // The driver brings checker-qual: annotations, no code.
        .containsExactlyInAnyOrder("migrator-core", "slf4j-api", "postgresql", "checker-qual");
  }

  @Test
  void a_user_migrates_with_just_these() throws Exception {
    assertThat(run("consumer.Consumer")).isEqualTo("started\n");
  }

  private static List<Path> classPath() throws IOException {
    return Stream.of(Files.readString(PROJECT.resolve("classpath.txt"))
            .strip()
            .split(File.pathSeparator, -1))
        .map(Path::of)
        .toList();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    String path = PROJECT.resolve("classes")
        + File.pathSeparator
        + Files.readString(PROJECT.resolve("classpath.txt")).strip();
    Process process = new ProcessBuilder(Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    path),
                Stream.of(command))
            .toList())
        .redirectErrorStream(true)
        .start();
    String output = new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }
}
