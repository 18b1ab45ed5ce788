package dev.migrator.micronaut;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/micronaut-operate.md} shows of curl is what curl shows. */
@PostgresTest
class OperateDocumentTest {
  private static final Path PAGE = Path.of("..", "docs", "micronaut-operate.md");
  private static final Pattern BLOCK = Pattern.compile("```console\n\\$ (.*)\n((?s).*?)```");

  @Test
  void every_command_prints_what_the_page_says(TestDatabase database, @TempDir Path folder)
      throws Exception {
    Assumptions.assumeTrue(
        List.of("/usr/bin/curl", "/bin/curl").stream().anyMatch(p -> Files.exists(Path.of(p)))
            && Files.exists(Path.of("/bin/sh")),
        "needs curl");
    Files.writeString(
        folder.resolve("0001_create_notes.sql"), "CREATE TABLE notes (id bigint, text text);");
    try (Served app = new Served(new Boot()
        .dataSource("default", database)
        .with("migrator.datasources.default.locations", "filesystem:" + folder)
        .variable("INTERNAL_ADMIN_TOKEN", Served.TOKEN))) {
      Files.writeString(
          folder.resolve("0002_index_notes.sql"),
          "CREATE INDEX CONCURRENTLY notes_text ON notes (text);");
      String page = Files.readString(PAGE);
      Matcher block = BLOCK.matcher(page);
      StringBuilder seen = new StringBuilder();
      int behind = 0;
      int commands = 0;
      while (block.find()) {
        commands++;
        seen.append(page.substring(behind, block.start(2))).append(run(app, block.group(1)));
        behind = block.end(2);
      }
      seen.append(page.substring(behind));
      Path written = Path.of(System.getProperty("migrator.test.page", ""));
      if (!written.toString().isEmpty()) {
        Files.writeString(written, seen);
      }
      assertThat(commands).isGreaterThan(4);
      assertThat(steady(seen.toString())).isEqualTo(steady(page));
    }
  }

  private static String run(Served app, String command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
    builder.environment().put("APP", "http://localhost:" + app.server.getPort());
    builder.environment().put("INTERNAL_ADMIN_TOKEN", Served.TOKEN);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.endsWith("\n") ? output : output + "\n";
  }

  /** Without what is another at every run. */
  private static String steady(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
        .replaceAll("\"digest\": \"[0-9a-f]+\"", "\"digest\": <digest>")
        .replaceAll("(Ms\": )\\d+", "$1<ms>")
        .replaceAll("\"(database|appliedBy)\": \"[^\"]*\"", "\"$1\": <name>");
  }
}
