package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.sql.Differential.Difference;
import dev.migrator.internal.sql.Differential.Outcome;
import dev.migrator.testing.PostgresTest;
import dev.migrator.testing.RequiresProgram;
import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Any folder of scripts, checked against psql; {@code CONTRIBUTING.md} says how. Files are run in the order of a file {@code
 * order.txt} in the folder where there is one, else by name, all on one database: a COPY needs its table to be asked for data. It
 * is called by name only, since it checks a folder that somebody gives.
 */
@PostgresTest
@RequiresProgram("psql")
class FolderDifferential {

  private final List<String> report = new ArrayList<>();
  private final List<String> unexplained = new ArrayList<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private final StatementsFile statements = new StatementsFile();
  private int files;
  private int found;
  private int equal;

  @Test
  void every_difference_from_psql_has_a_reason(TestDatabase database) throws IOException {
    Path folder = Path.of(Objects.requireNonNull(
        System.getProperty("migrator.differential.folder"), "-Dmigrator.differential.folder=..."));
    Psql psql = new Psql(database);
    for (Path file : scripts(folder)) {
      // Some scripts are there to show another encoding; the engine refuses them before they are
      // split.
      String text = ScriptText.readOrNull(file);
      if (text == null) {
        count("not UTF-8");
        report.add(file.getFileName() + ": not compared: it is not UTF-8");
        continue;
      }
      List<Sent> sent = psql.run(file);
      String name = folder.relativize(file).toString();
      Outcome outcome = Differential.compare(name, text, sent);
      note(name, outcome);
      statements.add(name, outcome.ours());
    }
    finish();
    assertThat(unexplained).isEmpty();
  }

  private static List<Path> scripts(Path folder) throws IOException {
    Path order = folder.resolve("order.txt");
    if (Files.exists(order)) {
      return Files.readAllLines(order).stream()
          .filter(line -> !line.isBlank())
          .map(folder::resolve)
          .toList();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".sql")).sorted().toList();
    }
  }

  private void note(String name, Outcome outcome) {
    files++;
    found += outcome.ours().size();
    equal += outcome.equal();
    report.add("%s: %d statements, %d sent by psql, %d equal"
        .formatted(name, outcome.ours().size(), outcome.sent(), outcome.equal()));
    for (Difference difference : outcome.differences()) {
      String reason = difference.reason();
      String line = "  %s:%d: %s: %s"
          .formatted(
              name,
              difference.line(),
              reason == null ? "UNEXPLAINED" : reason,
              reason == null ? difference.detail() : Differential.firstLine(difference.detail()));
      report.add(line);
      count(reason == null ? "unexplained" : reason);
      if (reason == null) {
        unexplained.add(line);
      }
    }
  }

  private void count(String reason) {
    reasons.merge(reason, 1, Integer::sum);
  }

  // Read by a person, whatever logs are on.
  @SuppressWarnings("SystemOut")
  private void finish() throws IOException {
    report.add(String.format(
        Locale.ROOT,
        "%d files, %d statements, %d equal to psql's to the byte; else %s",
        files,
        found,
        equal,
        reasons));
    Path file = Path.of("target", "differential.txt");
    Files.write(file, report);
    System.out.println(report.get(report.size() - 1) + "; every line in " + file);
    statements.write(Path.of("target", "statements.json"));
  }
}
