package dev.migrator.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/micronaut.md} and {@code docs/verify.md} show is what this repository runs. */
@PostgresTest
class DocumentationTest {
  private static final Path ROOT = Path.of("..");

  /** A comment that names a file, then a fenced block that is found in it, whatever its indentation there. */
  private static final Pattern SNIPPET =
      Pattern.compile("(?s)(<!-- from (\\S+) -->\n)?```(java|yaml)\n(.*?)```");

  static Stream<MatchResult> snippets() throws IOException {
    return SNIPPET
        .matcher(Files.readString(ROOT.resolve("docs/micronaut.md"))
            + Files.readString(ROOT.resolve("docs/verify.md")))
        .results();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void every_snippet_is_taken_from_a_file_that_is_tested(MatchResult snippet) throws IOException {
    assertThat(snippet.group(2))
        .as("the file that this is from:%n%s", snippet.group(4))
        .isNotNull();
    assertThat(unindented(Files.readString(ROOT.resolve(snippet.group(2)))))
        .contains(unindented(snippet.group(4)).strip());
  }

  private static String unindented(String text) {
    return text.replaceAll("(?m)^ +", "");
  }

  @Test
  void two_data_sources_are_migrated_as_the_page_configures_them(TestDatabase database) {
    TestDatabase archive = database.sibling();
    try (ApplicationContext context = ApplicationContext.run(
        Map.of(
            "datasources.default.url", database.jdbcUrl(),
            "datasources.default.username", database.user(),
            "datasources.default.password", database.password(),
            "datasources.archive.url", archive.jdbcUrl(),
            "datasources.archive.username", archive.user(),
            "datasources.archive.password", archive.password()),
        "archive",
        "test")) {
      assertThat(context.isRunning()).isTrue();
      assertThat(database.value("SELECT count(*) FROM schema_migrations")).isEqualTo("11");
      assertThat(archive.value("SELECT count(*) FROM archive.archived_invoices"))
          .isEqualTo("2");
      assertThat(archive.value("SELECT count(*) FROM archive.schema_migrations"))
          .isEqualTo("2");
    }
  }
}
