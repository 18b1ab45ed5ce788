package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, beside its jar. */
class LauncherIT {

  @TempDir
  Path folder;

  @Test
  void startsTheJarBesideItWithItsArgumentsAndExitCode() throws Exception {
    Path script = Files.copy(
        Path.of("src/cli/bin/migrator"),
        folder.resolve("migrator"),
        StandardCopyOption.COPY_ATTRIBUTES);
    assertThat(run(script, "-V"))
        .startsWith("5 [CONFIGURATION_INVALID] there is no migrator-core-<version>-cli.jar in ");
    Files.createSymbolicLink(
        folder.resolve("migrator-core-1-cli.jar"),
        Path.of(System.getProperty("migrator.test.cli")).toAbsolutePath());
    assertThat(run(script, "new", "--help")).startsWith("0 migrator new <description> [options]\n");
    assertThat(run(script, "no verb")).startsWith("5 [CONFIGURATION_INVALID]");
    Files.writeString(folder.resolve("migrator.jsa"), "of no JVM");
    assertThat(run(script, "-V")).startsWith("0 migrator ").hasLineCount(1);
  }

  @Test
  void takesTheJarsOfTheFolderLib() throws Exception {
    Path script = Files.copy(
        Path.of("src/cli/bin/migrator"),
        folder.resolve("migrator"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.createSymbolicLink(
        folder.resolve("migrator.jar"),
        Path.of(System.getProperty("migrator.test.cli")).toAbsolutePath());
    Path migrations = Files.createDirectory(folder.resolve("scripts"));
    Files.writeString(migrations.resolve("01_a.sql"), "select 1;");
    String[] verify = {"verify", "--server", "embedded", "--location", migrations.toString()};
    assertThat(run(script, verify))
        .startsWith("1 [THROW_AWAY_DATABASE_UNAVAILABLE]")
        .contains("into the folder lib beside the launcher");
    Path lib = Files.createDirectory(folder.resolve("lib"));
    try (JarOutputStream jar =
        new JarOutputStream(Files.newOutputStream(lib.resolve("embedded.jar")))) {
      // That it is found is enough: it is no server, and so does not start.
      jar.putNextEntry(new ZipEntry("io/zonky/test/db/postgres/embedded/EmbeddedPostgres.class"));
      jar.write(new byte[] {1});
    }
    assertThat(run(script, verify)).doesNotContain("into the folder lib");
  }

  private static String run(Path script, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
            Stream.concat(Stream.of(script.toString()), Stream.of(arguments)).toList())
        .redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    List.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS").forEach(builder.environment()::remove);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() + " " + said;
  }
}
