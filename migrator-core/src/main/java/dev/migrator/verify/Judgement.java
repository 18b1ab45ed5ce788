package dev.migrator.verify;

import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.report.RollbackVerdict;
import dev.migrator.report.SchemaDiff;
import org.jspecify.annotations.Nullable;

/**
 * A verdict with its reason. Made of a subject and a trial; the same always give the same.
 *
 * @param why a sentence; empty where there is nothing to say
 */
record Judgement(RollbackVerdict verdict, String why) {

  static Judgement of(Subject subject, TrialResult trial) {
    String irreversible = subject.outline().irreversible();
    MigrationException failure = trial.failure();
    return switch (trial.phase()) {
      case NOTHING ->
        subject.canGoDown() || subject.isRepeatable()
            ? new Judgement(RollbackVerdict.NOT_TESTABLE, subject.obstacle().orElse(""))
            : undone(subject, irreversible);
      case UP ->
        failure == null
            ? undone(subject, irreversible)
            : new Judgement(
                RollbackVerdict.UP_FAILS,
                "it ran the first time, but not on a copy of the same state: "
                    + firstLine(failure));
      case DOWN ->
        new Judgement(RollbackVerdict.DOWN_FAILS, failure == null ? "" : firstLine(failure));
      case AGAIN -> schema(subject, trial.afterDown(), trial.afterAgain(), failure);
    };
  }

  /** One that nobody can take back. */
  private static Judgement undone(Subject subject, @Nullable String irreversible) {
    if (irreversible != null) {
      return new Judgement(RollbackVerdict.IRREVERSIBLE, irreversible);
    }
    if (subject.mustGoDown()) {
      return new Judgement(
          RollbackVerdict.NO_DOWN, "it has no down script, and the policy asks for one.");
    }
    return subject.migration().kind() == MigrationKind.VERSIONED
        ? new Judgement(
            RollbackVerdict.LEGACY, "it has no down script, and the policy does not ask for one.")
        : new Judgement(
            RollbackVerdict.NOT_TESTABLE,
            "a baseline script stands for all versions up to its own and is not taken back.");
  }

  private static Judgement schema(
      Subject subject,
      @Nullable SchemaDiff down,
      @Nullable SchemaDiff again,
      @Nullable MigrationException failure) {
    boolean restored = down == null || down.isEmpty() || down.onlyColumnOrder();
    if (down != null && !restored) {
      return new Judgement(
          RollbackVerdict.DIFFERS,
          "after its down script " + DifferenceWords.of(down) + "."
              + (failure == null ? "" : " Applying it again fails: " + firstLine(failure)));
    }
    if (failure != null) {
      return new Judgement(RollbackVerdict.REAPPLY_FAILS, firstLine(failure));
    }
    if (again != null && !again.isEmpty() && !again.onlyColumnOrder()) {
      return new Judgement(
          RollbackVerdict.DIFFERS,
          (subject.isRepeatable() ? "after running again " : "after applying it again ")
              + DifferenceWords.of(again) + ".");
    }
    boolean exact = (down == null || down.isEmpty()) && (again == null || again.isEmpty());
    return exact
        ? new Judgement(RollbackVerdict.EXACT, "")
        : new Judgement(
            RollbackVerdict.COLUMN_ORDER,
            "a column is back, but behind the others: no down script can put it elsewhere.");
  }

  /** What failed and where, without the code in brackets. */
  static String firstLine(MigrationException failure) {
    String line = failure.getMessage().lines().findFirst().orElse("");
    String words = line.startsWith("[") ? line.substring(line.indexOf(']') + 1).strip() : line;
    return words.endsWith(".") ? words : words + ".";
  }
}
