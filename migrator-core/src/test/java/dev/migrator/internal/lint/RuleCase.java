package dev.migrator.internal.lint;

import dev.migrator.internal.lint.rules.Catalogue;
import dev.migrator.internal.sql.ReadingRules;
import dev.migrator.internal.sql.ScriptContent;
import dev.migrator.internal.sql.ScriptReading;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The scripts of one rule: {@code setup.sql}, which ran before, {@code bad.sql}, which breaks the rule, and {@code good.sql},
 * which does not; {@code bad.down.sql} and {@code good.down.sql} are their down scripts. Comments at their beginning tell
 * what else there is to know: {@code -- also: rule, rule}, {@code -- file: name}, {@code -- version: 18}.
 *
 * @param rule the rule
 */
public record RuleCase(Rule rule) {

  private static final Path FOLDER = Path.of("src/test/resources/lint");

  /** One for every rule. */
  public static List<RuleCase> all() {
    return Catalogue.rules().all().stream().map(RuleCase::new).toList();
  }

  /** A script's text; nothing when the rule has none of this name. */
  public Optional<String> text(String name) {
    Path file = FOLDER.resolve(rule.id()).resolve(name);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the first comments of a script say of something; nothing when they do not speak of it. */
  public Optional<String> told(String name, String what) {
    Matcher line = Pattern.compile("^-- " + what + ": (.*)$", Pattern.MULTILINE)
        .matcher(text(name).orElse(""));
    return line.find() ? Optional.of(line.group(1).strip()) : Optional.empty();
  }

  /** What this rule and those that are on find in a script. */
  public List<Judgement> judge(String name) {
    Set<String> asked = rule.standing() == Rule.Standing.ON ? Set.of() : Set.of(rule.id());
    int version = told(name + ".sql", "version").map(Integer::valueOf).orElse(14);
    Lint lint = new Lint(
        Catalogue.rules().switched(asked, Set.of()),
        new LintContext(version, Duration.ofSeconds(10), List.of(), Map.of()));
    text("setup.sql").ifPresent(text -> lint.learn(script("0000_setup.sql", text, null)));
    lint.beginRun();
    String file = told(name + ".sql", "file").orElse("0001_" + name + ".sql");
    LintScript down = text(name + ".down.sql")
        .map(text -> script("0001_" + name + "_rollback.sql", text, null))
        .orElse(null);
    return lint.judge(script(file, text(name + ".sql").orElseThrow(), down));
  }

  static LintScript script(String file, String text, @Nullable LintScript down) {
    ScriptReading reading = ScriptReading.read(file, ScriptContent.of(text), ReadingRules.PLAIN);
    return LintScript.of(migration(file), file, text, 1, reading, down, down != null);
  }

  private static Migration migration(String file) {
    Matcher name = Pattern.compile("V?([0-9.]+)_+(.*)\\.sql").matcher(file);
    if (!name.matches()) {
      throw new IllegalArgumentException(file);
    }
    return new Migration(
        name.group(1),
        MigrationVersion.of(name.group(1)),
        name.group(2),
        MigrationKind.VERSIONED,
        file);
  }

  @Override
  public String toString() {
    return rule.id();
  }
}
