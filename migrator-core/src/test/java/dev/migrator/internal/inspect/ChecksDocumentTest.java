package dev.migrator.internal.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.report.CheckReport.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/checks.md}, made of the catalogue itself; {@code -Dmigrator.golden.rewrite=true} writes its lists anew. */
class ChecksDocumentTest {

  private static final Path DOCUMENT = Path.of("../docs/checks.md");

  /** What stands above it is written by hand. */
  private static final String BEGIN = "<!-- from here on made by ChecksDocumentTest -->\n";

  private static final Pattern UNQUALIFIED = Pattern.compile(
      "(?<![.%\\w])(?:count|sum|string_agg|array_agg|format|unnest|clock_timestamp|current_database|quote_ident"
          + "|current_setting|host|age|pg_[a-z_]+(?=\\())\\(");

  private static final Pattern RELATION =
      Pattern.compile("(?:FROM|JOIN) (?!pg_catalog\\.)(pg_[a-z_]+)");

  @Test
  void theDocumentIsWhatTheCatalogueSays() throws IOException {
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf(BEGIN) + BEGIN.length();
    String expected = document.substring(0, begin) + catalogue();
    if (Boolean.getBoolean("migrator.golden.rewrite")) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(document.indexOf(BEGIN)).isPositive();
    assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
  }

  @Test
  void everyCheckIsWhole() {
    Set<String> seen = new HashSet<>();
    for (Check check : Checks.ALL) {
      assertThat(check.phases()).as(check.id()).hasSize(1);
      assertThat(seen.add(check.phases() + check.id())).as(check.id()).isTrue();
      assertThat(check.id()).matches("[a-z]+(-[a-z]+)*");
      assertThat(check.question()).endsWith("?");
      assertThat(check.fails() + check.warns()).as(check.id()).doesNotEndWith(".");
      if (!check.fails().isEmpty() || !check.warns().isEmpty()) {
        assertThat(check.advice()).as(check.id()).isNotEmpty();
      }
    }
  }

  /** Whatever the search path is, nobody's function or table stands in for the server's. */
  @Test
  void theSqlNamesEverythingWithItsSchema() {
    for (Check check : Checks.ALL) {
      assertThat(UNQUALIFIED.matcher(check.sql()).results().map(r -> r.group()).toList())
          .as(check.id())
          .isEmpty();
      assertThat(RELATION.matcher(check.sql()).results().map(r -> r.group(1)).toList())
          .as(check.id())
          .isEmpty();
    }
  }

  private static String catalogue() {
    StringBuilder text = new StringBuilder();
    for (Phase phase : Phase.values()) {
      text.append("\n## ")
          .append(phase == Phase.PREFLIGHT ? "Before a run" : "After a run")
          .append("\n\n| check | question | fails | warns |\n|---|---|---|---|\n");
      Checks.of(phase, Set.of())
          .forEach(check -> text.append("| [`")
              .append(check.id())
              .append("`](#")
              .append(anchor(phase, check))
              .append(") | ")
              .append(check.question())
              .append(" | ")
              .append(check.fails())
              .append(" | ")
              .append(check.warns())
              .append(" |\n"));
      Checks.of(phase, Set.of()).forEach(check -> section(text, phase, check));
    }
    return text.toString();
  }

  private static String anchor(Phase phase, Check check) {
    return phase.name().toLowerCase(Locale.ROOT) + "-" + check.id();
  }

  private static void section(StringBuilder text, Phase phase, Check check) {
    text.append("\n### ")
        .append(phase == Phase.PREFLIGHT ? "Preflight " : "Postflight ")
        .append(check.id())
        .append("\n\n")
        .append(check.question())
        .append('\n');
    line(text, "Fails when", check.fails());
    line(text, "Warns when", check.warns());
    line(text, "What to do:", check.advice());
    if (!check.sql().isEmpty()) {
      text.append("\n```sql\n").append(check.sql().strip()).append("\n```\n");
    }
  }

  private static void line(StringBuilder text, String title, String words) {
    if (!words.isEmpty()) {
      text.append("\n- **").append(title).append("** ").append(words).append('\n');
    }
  }
}
