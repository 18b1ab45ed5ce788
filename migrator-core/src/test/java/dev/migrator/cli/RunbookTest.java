package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.ScriptLint;
import dev.migrator.cli.CommandRun.Shell;
import dev.migrator.migration.FailureCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runbook and the policy say can be done. */
@Tag("any-server")
class RunbookTest {

  private static final Pattern SECTION =
      Pattern.compile("^### ([A-Z_]+)\n\nExit code ([0-9])\\. ", Pattern.MULTILINE);
  private static final Pattern COMMAND =
      Pattern.compile("^ *(?:[A-Z_]+=\\S+ )?migrator ([a-z].*?)(?: {2,}#.*)?$", Pattern.MULTILINE);
  private static final Pattern RULE_LINK =
      Pattern.compile("\\[`([a-z-]+)`]\\(lint-rules\\.md#\\1\\)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^):#]*)(#[^)]*)?\\)");

  private static final List<String> OURS = List.of("runbook.md", "policy.md", "cli.md", "json.md");

  @TempDir
  Path folder;

  @Test
  void everyFailureCodeHasASectionWithItsExitCode() throws IOException {
    Map<String, String> sections = new TreeMap<>();
    for (MatchResult section : matches(SECTION, "runbook.md")) {
      sections.put(section.group(1), section.group(2));
    }
    for (FailureCode code : FailureCode.values()) {
      assertThat(sections).containsEntry(code.name(), String.valueOf(code.exitCode()));
    }
  }

  @Test
  void everyCommandIsOneThatTheProgramUnderstands() throws IOException {
    int commands = 0;
    for (String document : List.of("runbook.md", "policy.md")) {
      for (MatchResult command : matches(COMMAND, document)) {
        List<String> words = new ArrayList<>(List.of(command
            .group(1)
            .replaceAll("[<>]", "")
            .replaceAll(" because .*", "")
            .replace("\"", "")
            .split(" +")));
        if (Verb.named(words.get(0)).isEmpty()) {
          continue;
        }
        words.add("--show-config");
        CommandRun run = new Shell(folder).in(folder).runExactly(words);
        assertThat(run.exitCode()).as(command.group() + run.err()).isZero();
        commands++;
      }
    }
    assertThat(commands).isGreaterThan(9);
  }

  @Test
  void whatWatchesOverThePolicyIsThere() throws IOException {
    String policy = Files.readString(Path.of("../docs/policy.md"));
    Set<String> rules = new TreeSet<>();
    ScriptLint.rules().forEach(rule -> rules.add(rule.id()));
    List<String> named =
        RULE_LINK.matcher(policy).results().map(link -> link.group(1)).toList();
    assertThat(named).hasSizeGreaterThan(30);
    assertThat(rules).containsAll(named);
    Set<String> options = new TreeSet<>();
    Verb.ALL.forEach(verb -> verb.groups()
        .forEach(group -> group.options().forEach(option -> options.add(option.name()))));
    assertThat(options)
        .containsAll(Pattern.compile("`(--[a-z-]+)")
            .matcher(policy)
            .results()
            .map(option -> option.group(1))
            .toList());
    Matcher file = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL).matcher(policy);
    assertThat(file.find()).isTrue();
    Files.writeString(folder.resolve("migrator.toml"), file.group(1));
    Files.writeString(folder.resolve("0002_late.sql"), "create table late (id int primary key);");
    CommandRun lint =
        new Shell(folder).in(folder).runExactly(List.of("lint", "--location", folder.toString()));
    assertThat(lint.out()).contains("[header-missing]", "[down-missing]", "[first-version-zero]");
  }

  @Test
  void everyLinkOfEveryDocumentLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
      for (Path document :
          documents.filter(file -> file.toString().endsWith(".md")).toList()) {
        for (MatchResult link :
            LINK.matcher(Files.readString(document)).results().toList()) {
          Path target = link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1));
          if (!Files.exists(target)) {
            broken.add(document.getFileName() + ": " + link.group());
          } else if (OURS.contains(document.getFileName().toString())
              && link.group(2) != null
              && !anchors(target).contains(link.group(2))) {
            broken.add(document.getFileName() + ": " + link.group());
          }
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static List<String> anchors(Path document) throws IOException {
    return Pattern.compile("^#+ (.*)$", Pattern.MULTILINE)
        .matcher(Files.readString(document))
        .results()
        .map(heading -> "#"
            + heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-'))
        .toList();
  }

  private static List<MatchResult> matches(Pattern pattern, String document) throws IOException {
    return pattern
        .matcher(Files.readString(Path.of("../docs", document)))
        .results()
        .toList();
  }
}
