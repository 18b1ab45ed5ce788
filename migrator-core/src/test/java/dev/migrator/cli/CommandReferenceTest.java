package dev.migrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.cli.CommandRun.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/cli.md}, made of the commands themselves; {@code -Dmigrator.golden.rewrite=true} writes it anew. */
@Tag("any-server")
class CommandReferenceTest {

  private static final Path DOCUMENT = Path.of("../docs/cli.md");
  private static final Pattern DEFAULT = Pattern.compile("(?s)(.*?) ?Default: (.*?)(?:\\.)?$");

  @TempDir
  Path folder;

  @Test
  void theReferenceIsWhatTheCommandsSay() throws IOException {
    String text = reference();
    if (Boolean.getBoolean("migrator.golden.rewrite")) {
      Files.writeString(DOCUMENT, text);
    }
    assertThat(Files.readString(DOCUMENT)).isEqualTo(text);
  }

  @Test
  void everyVerbHasExamplesThatItUnderstandsAndExitCodes() {
    for (Verb verb : Verb.ALL) {
      Manual.Page page = Manual.of(verb);
      assertThat(page.examples()).as(verb.name()).isNotEmpty();
      assertThat(page.exitCodes()).as(verb.name()).isSorted().first().isEqualTo("0 success");
      for (Manual.Example example : page.examples()) {
        List<String> words = words(example.line().replaceAll(" >.*", ""));
        assertThat(words.get(0)).isEqualTo(verb.name());
        if (words.contains("--help")) {
          continue;
        }
        words.add("--show-config");
        CommandRun run = new Shell(folder).in(folder).runExactly(words);
        assertThat(run.exitCode()).as(example + run.err()).isZero();
      }
    }
  }

  @Test
  void theHelpOfAVerbEndsWithThem() {
    String help = new Shell(folder).runExactly(List.of("rollback", "--help")).out();
    assertThat(help)
        .contains("\nExamples:\n  migrator rollback --dry-run\n      shows what would be undone\n")
        .contains("\nExit codes:\n  0 success\n  1 refused")
        .endsWith(
            "  " + Manual.of(Verb.named("rollback").orElseThrow()).exitCodes().get(4) + "\n");
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher word = Pattern.compile("\"([^\"]*)\"|(\\S+)").matcher(line);
    while (word.find()) {
      words.add(word.group(1) == null ? word.group(2) : word.group(1));
    }
    return words;
  }

  private static String reference() {
    StringBuilder text = new StringBuilder();
    text.append("""
        # Command reference

        Every verb with its options, as `migrator <verb> --help` shows them. This page is made from the commands by a test
        (`CommandReferenceTest`); [Command line](command-line.md) is the tutorial, [JSON](json.md) describes what `--json` prints.

        ```
        migrator <verb> [options]
        ```

        """);
    Verb.ALL.forEach(verb -> text.append(
        "- [`%s`](#%s): %s\n".formatted(verb.name(), verb.name(), firstSentence(verb.summary()))));
    Map<String, List<Verb>> shared = sharedGroups();
    for (Verb verb : Verb.ALL) {
      text.append("\n## ").append(verb.name()).append("\n\n");
      text.append(verb.summary()).append("\n\n```\nmigrator ").append(verb.name());
      text.append(verb.argument().isEmpty() ? "" : " " + verb.argument());
      text.append(" [options]\n```\n");
      List<String> others = new ArrayList<>();
      verb.groups().forEach(group -> {
        if (shared.containsKey(key(group))) {
          others.add("[%s](#%s)".formatted(group.heading(), anchor(group)));
        } else {
          table(text, group);
        }
      });
      text.append("\nOptions of several verbs: ")
          .append(String.join(", ", others))
          .append(".\n");
      Manual.Page page = Manual.of(verb);
      text.append("\n```\n");
      page.examples()
          .forEach(example ->
              text.append("migrator %s\n    %s\n".formatted(example.line(), example.says())));
      text.append("```\n\n| exit code | |\n|---|---|\n");
      page.exitCodes()
          .forEach(code ->
              text.append("| %s | %s |\n".formatted(code.substring(0, 1), code.substring(2))));
    }
    text.append("\n# Options of several verbs\n");
    List<String> written = new ArrayList<>();
    Verb.ALL.stream().flatMap(Verb::groups).forEach(group -> {
      if (shared.containsKey(key(group)) && !written.contains(key(group))) {
        written.add(key(group));
        text.append("\n## ").append(title(group)).append("\n\nOf ");
        text.append(shared.getOrDefault(key(group), List.of()).stream()
            .map(verb -> "`" + verb.name() + "`")
            .collect(Collectors.joining(", ")));
        text.append(".\n");
        table(text, group);
      }
    });
    return text.toString();
  }

  private static void table(StringBuilder text, Options.Group group) {
    text.append("\n| option | variable | meaning | default |\n|---|---|---|---|\n");
    for (Option<?> option : group.options()) {
      Matcher parts = DEFAULT.matcher(option.help());
      boolean hasDefault = parts.matches();
      text.append("| `%s%s`%s | %s | %s | %s |\n"
          .formatted(
              option.name(),
              option.isFlag() ? "" : " " + cell(option.value()),
              option.repeatable() ? " (repeatable)" : "",
              variable(option),
              cell(hasDefault ? parts.group(1) : option.help()),
              hasDefault ? cell(parts.group(2)) : option.isFlag() ? "off" : ""));
    }
  }

  private static String variable(Option<?> option) {
    if (ConfigOptions.COMMAND_LINE_ONLY.contains(option.key())) {
      return "";
    }
    Verb owner = Verb.ALL.stream()
        .filter(verb -> Configuration.options(verb).contains(option))
        .findFirst()
        .orElseThrow();
    List<String> names = Configuration.variables(owner, option);
    return "`" + names.get(names.size() - 1) + "`";
  }

  /** The groups that several verbs have, alike in every one, by what they hold. */
  private static Map<String, List<Verb>> sharedGroups() {
    Map<String, List<Verb>> verbs = new TreeMap<>();
    for (Verb verb : Verb.ALL) {
      verb.groups()
          .forEach(group ->
              verbs.computeIfAbsent(key(group), key -> new ArrayList<>()).add(verb));
    }
    verbs.values().removeIf(list -> list.size() == 1);
    return verbs;
  }

  private static String key(Options.Group group) {
    return group.heading()
        + group.options().stream().map(Option::name).collect(Collectors.joining(" "));
  }

  /** Two groups may have one heading: those of verbs that know fewer options say so. */
  private static String title(Options.Group group) {
    boolean small = Options.ON_SCRIPTS.contains(group) && !Options.COMMON.contains(group);
    return group.heading() + (small ? " on throw-away databases" : "");
  }

  private static String anchor(Options.Group group) {
    return title(group).toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private static String firstSentence(String summary) {
    int end = summary.indexOf(". ");
    return end < 0 ? summary : summary.substring(0, end + 1);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
