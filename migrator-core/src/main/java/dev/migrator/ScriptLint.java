package dev.migrator;

import dev.migrator.internal.lint.Rule;
import dev.migrator.internal.lint.rules.Catalogue;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.LintReport;
import dev.migrator.report.LintRule;
import java.util.List;
import java.util.function.Consumer;

/** Holds the scripts of an application against the rules of the lint. Needs no database. */
public final class ScriptLint {

  private ScriptLint() {}

  /**
   * Reads every migration and judges it, as if those before it had run earlier.
   *
   * @param settings tells a builder where they are, and which rules are looked for
   * @throws MigrationException what concerns locations and scripts; {@code CONFIGURATION_INVALID} for a rule that does not
   *     exist
   */
  public static LintReport of(Consumer<MigrationEngineBuilder> settings) {
    MigrationEngineBuilder builder = MigrationEngine.builder();
    settings.accept(builder);
    return builder.linter().apart(builder.sources().takeScripts().migrations());
  }

  /** Every rule that there is, by topic. */
  public static List<LintRule> rules() {
    return Catalogue.rules().all().stream()
        .map(rule -> new LintRule(
            rule.id(),
            rule.topic().heading(),
            rule.severity(),
            rule.standing() == Rule.Standing.ON,
            rule.isDestructive(),
            rule.condition(),
            rule.effect(),
            rule.remedy()))
        .toList();
  }
}
