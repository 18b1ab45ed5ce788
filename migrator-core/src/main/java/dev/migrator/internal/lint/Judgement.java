package dev.migrator.internal.lint;

import dev.migrator.internal.sql.Directives.Allowance;
import dev.migrator.migration.Migration;
import dev.migrator.report.Violation;
import org.jspecify.annotations.Nullable;

/**
 * A finding with what becomes of it.
 *
 * @param finding the finding
 * @param violation the same for reports, weighed by the sizes of its tables
 * @param allowance the directive that allows it; {@code null} where none does
 */
public record Judgement(
    Finding finding, Violation violation, @Nullable Allowance allowance) {

  static Judgement of(
      Finding finding, Migration migration, LintContext context, @Nullable Allowance allowance) {
    Violation violation = new Violation(
        finding.rule().id(),
        Weight.of(finding, context),
        migration,
        finding.position(),
        finding.statement() == null ? "" : finding.statement().beginning(),
        finding.excerpt(),
        Weight.message(finding, context),
        finding.rule().effect(),
        finding.remedy(),
        finding.rewrite(),
        allowance == null ? null : allowance.reason());
    return new Judgement(finding, violation, allowance);
  }

  /** Whether it destroys something, and no directive allows it. */
  public boolean isForbiddenDestruction() {
    return finding.rule().isDestructive() && allowance == null;
  }
}
