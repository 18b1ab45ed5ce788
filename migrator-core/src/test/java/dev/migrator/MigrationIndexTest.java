package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.IndexReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationIndexTest {

  @TempDir
  Path path;

  @Test
  void theSameFolderGivesTheSameBytesEverywhere() throws IOException {
    Path one = Files.createDirectory(path.resolve("one"));
    Path two = Files.createDirectory(path.resolve("two"));
    new MigrationFolder(one).script("01_a.sql", "select 1;").script("02_b.sql", "select 2;");
    new MigrationFolder(two).script("02_b.sql", "select 2;").script("01_a.sql", "select 1;");
    IndexReport report = MigrationIndex.write(one);
    assertThat(report.file()).isEqualTo(one.resolve("migrator.index"));
    assertThat(report.migrations()).isEqualTo(2);
    assertThat(report.notes()).isEmpty();
    byte[] first = Files.readAllBytes(report.file());
    assertThat(MigrationIndex.write(two).file()).hasBinaryContent(first);
    assertThat(MigrationIndex.write(one).file()).hasBinaryContent(first);
  }

  @Test
  void theMainClassWritesOneForEveryFolder() throws IOException {
    Path one = Files.createDirectory(path.resolve("one"));
    Path two = Files.createDirectory(path.resolve("two"));
    new MigrationFolder(one).script("01_a.sql", "select 1;");
    new MigrationFolder(two).script("V1__a.sql", "select 1;");
    MigrationIndex.main(one.toString(), two.toString());
    assertThat(one.resolve("migrator.index")).exists();
    assertThat(two.resolve("migrator.index")).exists();
  }

  @Test
  void aFolderThatAnEngineCouldNotUseFailsTheBuild() throws IOException {
    assertRefused(FailureCode.CONFIGURATION_INVALID);
    assertRefused(FailureCode.LOCATION_NOT_FOUND, path.resolve("nowhere").toString());
    assertRefused(FailureCode.LOCATION_EMPTY, path.toString());
    new MigrationFolder(path).script("01_a.sql", "").script("x.sql", "");
    assertRefused(FailureCode.SCRIPT_NAME_INVALID, path.toString());
    new MigrationFolder(path).without("x.sql").script("1_b.sql", "");
    assertRefused(FailureCode.DUPLICATE_VERSION, path.toString());
    assertThat(path.resolve("migrator.index")).doesNotExist();
    new MigrationFolder(path).without("1_b.sql");
    Files.createDirectory(path.resolve("migrator.index"));
    assertRefused(FailureCode.CONFIGURATION_INVALID, path.toString());
  }

  private static void assertRefused(FailureCode code, String... folders) {
    assertThatThrownBy(() -> MigrationIndex.main(folders))
        .isInstanceOfSatisfying(
            MigrationException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void asAMainClassItEndsWithAnExitCodeAndTheMessage() throws Exception {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            Path.of("target", "classes").toString(),
            "dev.migrator.MigrationIndex",
            path.resolve("nowhere").toString())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isEqualTo(1);
    assertThat(output).contains("[LOCATION_NOT_FOUND]", "there is no folder");
  }

  @Test
  void theMavenBuildThatIsDocumentedIsTheDemos() throws IOException {
    MatchResult snippet = Pattern.compile(
            "<!-- from demo-app/pom.xml -->\n```xml\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(Path.of("../docs/scripts.md")))
        .results()
        .findFirst()
        .orElseThrow();
    assertThat(unindented(Files.readString(Path.of("../demo-app/pom.xml"))))
        .contains(unindented(snippet.group(1)));
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }
}
