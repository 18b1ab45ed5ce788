package dev.migrator.internal.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrator.internal.lint.rules.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules' pages are made of the rules and their scripts. {@code -Dmigrator.golden.rewrite=true} writes them anew. */
@Tag("any-server")
class LintDocumentTest {

  private static final Path RULES = Path.of("../docs/lint-rules.md");

  @Test
  void theDocumentSaysOfEveryRuleWhatTheRuleSays() throws IOException {
    String document = document();
    if (Boolean.getBoolean("migrator.golden.rewrite")) {
      Files.writeString(RULES, document);
    }
    assertThat(Files.readString(RULES)).isEqualTo(document);
  }

  private static String document() {
    StringBuilder text = new StringBuilder("""
        # Rules of the lint

        Made of the rules and of the scripts that test them; [Lint](lint.md) is about how to use them. Each rule has a script that
        breaks it and one that does not, both run by a test. What a rule says of locks, rewrites and scans is held against what
        PostgreSQL does.
        """);
    for (Rule.Topic topic : Rule.Topic.values()) {
      List<Rule> rules =
          Catalogue.rules().all().stream().filter(rule -> rule.topic() == topic).toList();
      text.append("\n## ").append(topic.heading()).append("\n\n");
      text.append(rules.stream()
          .map(rule -> "[`" + rule.id() + "`](#" + rule.id() + ")")
          .collect(Collectors.joining(",\n")));
      text.append('\n');
      rules.forEach(rule -> rule(text, rule));
    }
    return text.toString();
  }

  private static void rule(StringBuilder text, Rule rule) {
    RuleCase scripts = new RuleCase(rule);
    text.append("\n### ").append(rule.id()).append("\n\n");
    String severity = rule.severity().word();
    text.append("*")
        .append(severity.substring(0, 1).toUpperCase(Locale.ROOT))
        .append(severity.substring(1));
    text.append(rule.isDestructive() ? ", destructive" : "");
    text.append(rule.standing() == Rule.Standing.OFF ? ", off by default" : "");
    text.append(".* ").append(rule.condition()).append("\n\n");
    text.append("**Effect:** ").append(rule.effect()).append("\n\n");
    if (!rule.claim().costs().isEmpty()) {
      text.append("**Locks:** ").append(claim(rule.claim())).append("\n\n");
    }
    text.append("**Remedy:** ").append(rule.remedy()).append("\n\n```sql\n");
    scripts
        .text("setup.sql")
        .ifPresent(setup -> text.append("-- before\n").append(setup).append('\n'));
    text.append("-- breaks the rule\n").append(shown(scripts, "bad"));
    text.append("\n-- does not\n").append(shown(scripts, "good")).append("```\n");
  }

  private static String shown(RuleCase scripts, String name) {
    String script = scripts
        .text(name + ".sql")
        .orElseThrow()
        .lines()
        .filter(line -> !line.matches("-- (?:also|version): .*"))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
    return script
        + scripts
            .text(name + ".down.sql")
            .map(down -> "-- its down script\n" + down)
            .orElse("");
  }

  private static String claim(Claim claim) {
    String costs = claim.costs().stream()
        .map(cost -> role(cost.role()) + " with " + cost.lock() + work(cost))
        .collect(Collectors.joining("; "));
    return costs + (claim.since() == 0 ? "" : " (PostgreSQL " + claim.since() + " and later)")
        + ".";
  }

  private static String role(Claim.Role role) {
    return switch (role) {
      case TABLE -> "the table";
      case REFERENCED -> "the table that is referred to";
      case INDEX -> "the index";
      case PARTITION -> "the partition";
      case PARENT -> "the partitioned table";
      case VIEW -> "the view";
    };
  }

  private static String work(Claim.Cost cost) {
    return (cost.work().contains(Claim.Work.SCAN) ? ", which is read from end to end" : "")
        + (cost.work().contains(Claim.Work.REWRITE) ? ", which is written anew" : "");
  }
}
