package dev.migrator.verify;

import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DataVerdict;
import dev.migrator.report.SchemaDiff;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a migration on its copies, before anybody judges it.
 *
 * @param failure what ended it early; {@code null} when nothing did
 * @param phase how far it came
 * @param afterDown in what the schema after its down script differs from the one before it; {@code null} when that did not
 *     run to its end
 * @param afterAgain in what the schema after the second time differs from the one after the first; {@code null} when that
 *     did not run to its end
 * @param down how long its down script took
 * @param again how long it took the second time
 */
record TrialResult(
    @Nullable MigrationException failure,
    Phase phase,
    @Nullable SchemaDiff afterDown,
    @Nullable SchemaDiff afterAgain,
    Duration down,
    Duration again,
    DataVerdict data,
    List<String> dataFindings) {

  /** How far a trial came. */
  enum Phase {
    /** Nothing was tried. */
    NOTHING,
    /** It was applied, or should have been. */
    UP,
    /** It was taken back, or should have been. */
    DOWN,
    /** It was applied again, or should have been. */
    AGAIN
  }

  static TrialResult of(Phase phase, @Nullable MigrationException failure) {
    return new TrialResult(
        failure,
        phase,
        null,
        null,
        Duration.ZERO,
        Duration.ZERO,
        DataVerdict.NOT_CHECKED,
        List.of());
  }

  TrialResult withData(DataVerdict verdict, List<String> findings) {
    return new TrialResult(failure, phase, afterDown, afterAgain, down, again, verdict, findings);
  }

  /** The same without what depends on the clock or on chance. */
  TrialResult without(Unsteady unsteady, Migration migration) {
    return new TrialResult(
        failure,
        phase,
        afterDown == null ? null : unsteady.without(afterDown, migration),
        afterAgain == null ? null : unsteady.without(afterAgain, migration),
        down,
        again,
        data,
        dataFindings);
  }
}
