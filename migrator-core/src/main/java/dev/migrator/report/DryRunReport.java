package dev.migrator.report;

import dev.migrator.migration.FailureCode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, tried where nothing of it stays.
 *
 * @param plan what would run, with the digest that confirms it
 * @param lint what the scripts' text tells; {@code null} where nothing is pending, and of a rollback, whose down scripts are judged
 *     by what they destroy alone
 * @param refusal why the run or the rollback would be refused before anything ran: {@code DESTRUCTION_BLOCKED} or {@code LINT_FAILED}; {@code
 *     null} where it would not
 * @param trace what the migrations did where they were tried; {@code null} when nothing ran
 * @param notes what limits it and what stays all the same, each in a sentence
 */
public record DryRunReport(
    MigrationPlan plan,
    @Nullable LintReport lint,
    @Nullable FailureCode refusal,
    @Nullable TraceReport trace,
    List<String> notes) {

  /** Keeps a copy. */
  public DryRunReport {
    notes = List.copyOf(notes);
  }

  /** The code of the failure that the run would end with. */
  public Optional<FailureCode> failure() {
    if (refusal != null) {
      return Optional.of(refusal);
    }
    return trace == null ? Optional.empty() : trace.failure();
  }
}
