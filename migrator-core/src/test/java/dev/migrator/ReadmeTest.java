package dev.migrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.config.Environment;
import dev.migrator.config.RollbackTarget;
import dev.migrator.migration.MigrationException;
import dev.migrator.render.TextReport;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The README's example is this test. */
@PostgresTest
class ReadmeTest {

  @Test
  void theExampleRuns(TestDatabase database) {
    // example begins
    DataSource dataSource = database.dataSource();

    MigrationEngine engine = MigrationEngine.builder()
        .dataSource(dataSource)
        .locations("classpath:db/readme") // 0001_name.sql, with or without 0001_name_rollback.sql
        .environment(Environment.DEVELOPMENT) // unset, it counts as production
        .build();

    MigrationReport report = engine.migrate();
    for (ReportStep step : report.steps()) {
      System.out.println(step.migration().label() + " took " + step.duration().toMillis() + " ms");
    }

    System.out.println(TextReport.of(engine.status()));

    try {
      engine.rollback(RollbackTarget.steps(1));
    } catch (MigrationException e) {
      System.err.println(e.getMessage()); // what, where, what is already done, what to do next
    }
    // example ends
    assertThat(report.steps()).hasSize(1);
    assertThat(database.query("select action, status from migration_history order by sequence"))
        .containsExactly(
            List.of("apply", "success"),
            List.of("fingerprint", "success"),
            List.of("rollback", "success"),
            List.of("fingerprint", "success"));
  }

  @Test
  void theReadmeShowsThisVeryExample() throws IOException {
    String source = Files.readString(Path.of("src/test/java/dev/migrator/ReadmeTest.java"));
    String readme = Files.readString(Path.of("../README.md"));
    String example = between(source, "// example begins\n", "    // example ends");
    String shown = between(readme, "```java\n", "```");
    assertThat(shown).isEqualTo(example.stripTrailing().stripIndent() + "\n");
  }

  private static String between(String text, String from, String to) {
    int start = text.indexOf(from) + from.length();
    return text.substring(start, text.indexOf(to, start));
  }
}
