package dev.migrator.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.migration.MigrationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/scripts.md} says of the content of scripts is how they are read. */
class ScriptContentsDocumentTest {

  private static final Pattern SNIPPET =
      Pattern.compile("(?:<!-- read: (.*?) -->\n)?```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern REFUSED = Pattern.compile("refused at ([0-9:]+): (.*)");
  private static final Pattern COMMAND = Pattern.compile("`(\\\\[^`]+)`");

  private static String chapter(String heading) throws IOException {
    String page = Files.readString(Path.of("../docs/scripts.md"));
    int start = page.indexOf("\n## " + heading + "\n");
    assertThat(start).as(heading).isPositive();
    int end = page.indexOf("\n## ", start + 1);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  static Stream<MatchResult> snippets() throws IOException {
    List<MatchResult> snippets = new ArrayList<>();
    for (String heading : List.of(
        "What a script may contain",
        "psql lines",
        "Directives",
        "How PostgreSQL reads SQL: traps")) {
      SNIPPET.matcher(chapter(heading)).results().forEach(snippets::add);
    }
    return snippets.stream();
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void everySnippetIsReadAsItIsSaid(MatchResult snippet) {
    String claim = snippet.group(1);
    assertThat(claim).as("what is said of " + snippet.group(2)).isNotNull();
    MatchResult refused = REFUSED.matcher(claim).results().findFirst().orElse(null);
    if (refused == null) {
      assertThat(read(snippet.group(2))).isEqualTo(claim);
    } else {
      assertThat(read(snippet.group(2)))
          .contains("x.sql:" + refused.group(1) + ": ")
          .contains(refused.group(2));
    }
  }

  private static String read(String sql) {
    ScriptReading reading;
    try {
      reading = ScriptReading.read("x.sql", ScriptContent.of(sql), ReadingRules.PLAIN);
    } catch (MigrationException e) {
      return e.getMessage();
    }
    MigrationException refusal = reading.refusal();
    int count = reading.statements().size();
    return refusal == null
        ? count
            + (count == 1 ? " statement" : " statements")
            + (reading.withoutTransaction() == null
                ? " in one transaction"
                : " without a transaction")
        : refusal.getMessage();
  }

  @Test
  void everyCommandOfPsqlHasItsAdvice() throws IOException {
    TreeMap<String, String> said = new TreeMap<>();
    for (String row :
        chapter("psql lines").lines().filter(l -> l.startsWith("| `")).toList()) {
      String[] cells = row.split(" \\| ", 2);
      String advice = cells[1].replace("refused: ", "").replace("`", "").replaceAll(" \\|$", "");
      COMMAND.matcher(cells[0]).results().forEach(command -> said.put(command.group(1), advice));
    }
    said.remove("\\restrict");
    said.remove("\\unrestrict");
    assertThat(said).isEqualTo(new TreeMap<>(PsqlLine.INSTEAD));
    assertThat(chapter("psql lines"))
        .contains("| any other | refused: " + PsqlLine.advice("\\no_such_command") + " |");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\restrict", "\\unrestrict"})
  void whatPgDumpWritesIsSkipped(String command) {
    assertThat(PsqlLine.isSkipped(command)).isTrue();
  }

  @Test
  void everyDirectiveIsExplained() throws IOException {
    for (String name : DirectiveReader.NAMES) {
      assertThat(chapter("Directives")).containsPattern("(?m)^\\| `" + name + "[ =]");
    }
  }

  @Test
  void everyChapterOfTheGoldenScriptsThatIsNamedIsThere() throws IOException {
    List<String> named = Pattern.compile("`([a-z-]+)`")
        .matcher(chapter("How PostgreSQL reads SQL: traps")
            .lines()
            .filter(l -> l.startsWith("|"))
            .map(l -> l.replaceAll(".*\\| (.*) \\|$", "$1"))
            .reduce("", (a, b) -> a + " " + b))
        .results()
        .map(name -> name.group(1))
        .toList();
    assertThat(named).hasSizeGreaterThan(10);
    for (String name : named) {
      assertThat(Path.of("src/test/resources/golden/scripts", name)).isDirectory();
    }
  }
}
