package dev.migrator.migration;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/** The scripts and the tracking table disagree; every disagreement is listed, not only the first. */
public final class MigrationValidationException extends MigrationException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final transient List<Mismatch> mismatches;

  /**
   * An exception for disagreements.
   *
   * @param mismatches all of them, at least one
   */
  public MigrationValidationException(List<Mismatch> mismatches) {
    super(because(FailureCode.VALIDATION_FAILED, problem(mismatches.size()))
        .detail(mismatches.stream().map(m -> "- " + m).collect(Collectors.joining("\n")))
        .done("nothing was changed in the database.", List.of())
        .advice("settle each of them, then run again."));
    this.mismatches = List.copyOf(mismatches);
  }

  /** All disagreements. */
  public List<Mismatch> mismatches() {
    return mismatches == null ? List.of() : mismatches;
  }

  private static String problem(int count) {
    return count == 1
        ? "one migration does not agree with the database."
        : count + " migrations do not agree with the database.";
  }
}
