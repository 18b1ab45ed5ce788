package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The scripts and commands that a document shows, in its order: each script is written where it is shown, each command is run,
 * and what it prints is compared with what the document shows.
 */
final class DocumentedSession {

  private static final Pattern SCRIPT =
      Pattern.compile("`db/migration/([^`]+)`:\n\n```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern BLOCK = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL);

  private DocumentedSession() {}

  private static final Pattern PSQL = Pattern.compile("psql [a-z]+ --command \"(.*)\"");

  /** Runs a command line of the document. */
  @FunctionalInterface
  interface Runner {

    CommandRun run(List<String> arguments);

    /** What somebody does by hand. */
    default void psql(String sql) {
      throw new UnsupportedOperationException(sql);
    }
  }

  /**
   * Runs everything.
   *
   * @param shown makes what is printed what the document shows, where the two must differ
   * @return how many commands there were
   */
  static int run(String document, Shell shell, Runner runner, UnaryOperator<String> shown) {
    List<MatchResult> parts = new ArrayList<>();
    SCRIPT.matcher(document).results().forEach(parts::add);
    BLOCK.matcher(document).results().forEach(parts::add);
    parts.sort((a, b) -> Integer.compare(a.start(), b.start()));
    int examples = 0;
    int lastExitCode = 0;
    for (MatchResult part : parts) {
      if (part.groupCount() == 2) {
        shell.script(part.group(1), part.group(2));
        continue;
      }
      for (String example : part.group(1).split("(?m)^\\$ ", -1)) {
        if (example.isEmpty()) {
          continue;
        }
        String line = example.lines().findFirst().orElseThrow();
        String expected = example.substring(line.length() + 1);
        if (line.equals("echo $?")) {
          assertThat(lastExitCode + "\n").as(line).isEqualTo(expected);
          continue;
        }
        Matcher byHand = PSQL.matcher(line);
        if (byHand.matches()) {
          runner.psql(byHand.group(1));
          continue;
        }
        List<String> arguments = new ArrayList<>(List.of(line.split(" ")));
        assertThat(arguments.remove(0)).isEqualTo("migrator");
        CommandRun run = runner.run(arguments);
        lastExitCode = run.exitCode();
        assertThat(normalised(shown.apply(run.all()))).as(line).isEqualTo(normalised(expected));
        examples++;
      }
    }
    return examples;
  }

  /** Times differ from run to run, and with them the widths of columns. */
  private static String normalised(String text) {
    return text.replaceAll("[0-9]+ ms", "N ms")
        .replaceAll("[0-9]+\\.[0-9] s", "N ms")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}", "TIME")
        .replaceAll("PostgreSQL [0-9.]+", "PostgreSQL N")
        .replaceAll("[0-9a-f]{64}", "DIGEST")
        .replaceAll("-{3,}", "---")
        .replaceAll(" +", " ");
  }
}
