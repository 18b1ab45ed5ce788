package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Environment;
import dev.migrator.config.Limits;
import dev.migrator.event.MigrationEvent;
import dev.migrator.report.MigrationReport;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What {@code docs/running.md} shows and lists is what there is. */
class RunningDocumentTest {

  private static final Path PAGE = Path.of("../docs/running.md");

  @Test
  @PostgresTest
  void theExampleRuns(TestDatabase database) {
    DataSource dataSource = database.dataSource();
    // example begins
    MigrationEngine engine = MigrationEngine.builder()
        .dataSource(dataSource)
        .locations("classpath:db/readme")
        .environment(Environment.DEVELOPMENT)
        .limits(limits -> limits.lockTimeout(Duration.ofSeconds(5)).run(Duration.ofMinutes(20)))
        .listener(event -> {
          if (event instanceof MigrationEvent.MigrationStarted started) {
            System.out.println(started.place() + " of " + started.of() + ": "
                + started.migration().label());
          }
        })
        .build();

    // SIGTERM and Ctrl-C cancel the run, and the process waits until it has ended.
    MigrationReport report = StopAtShutdown.during(engine, engine::migrate);
    // example ends
    assertThat(report.steps()).hasSize(1);
    assertThat(database.value("select count(*) from schema_migrations")).isEqualTo("1");
  }

  @Test
  void thePageShowsThisVeryExample() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/migrator/RunningDocumentTest.java"));
    String example = between(source, "// example begins\n", "    // example ends");
    assertThat(between(Files.readString(PAGE), "```java\n", "```"))
        .isEqualTo(example.stripTrailing().stripIndent() + "\n");
  }

  @Test
  void everyLimitIsListedWithItsDefault() throws IOException, ReflectiveOperationException {
    Map<String, Duration> listed = new LinkedHashMap<>();
    Pattern.compile("^\\| `([a-zA-Z]+)` \\| `[a-z-]+` \\| `([0-9]+)([sm])` \\|", Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(row -> {
          long number = Long.parseLong(row.group(2));
          listed.put(
              row.group(1),
              row.group(3).equals("s") ? Duration.ofSeconds(number) : Duration.ofMinutes(number));
        });
    assertThat(listed).isEqualTo(defaults());
  }

  private static Map<String, Object> defaults() throws ReflectiveOperationException {
    Map<String, Object> defaults = new LinkedHashMap<>();
    for (RecordComponent limit : Limits.class.getRecordComponents()) {
      defaults.put(limit.getName(), limit.getAccessor().invoke(Limits.DEFAULT));
    }
    return defaults;
  }

  @Test
  void everyEventIsListed() throws IOException {
    List<String> events = Arrays.stream(MigrationEvent.class.getPermittedSubclasses())
        .map(Class::getSimpleName)
        .toList();
    assertThat(Pattern.compile("^\\| `([A-Z][a-zA-Z]+)` \\|", Pattern.MULTILINE)
            .matcher(Files.readString(PAGE))
            .results()
            .map(row -> row.group(1)))
        .containsExactlyInAnyOrderElementsOf(events);
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
