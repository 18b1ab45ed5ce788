package dev.migrator.verify;

import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaSnapshot;
import dev.migrator.report.VerifyReport.Check;
import dev.migrator.report.VerifyReport.Result;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** What is tried with all migrations together. */
final class ChainChecks {

  static final String SECOND_RUN = "a second run does nothing";
  static final String BESIDE = "taken back beside the repeatables";
  static final String ALL_DOWN = "all taken back, the latest first";
  static final String ALL_AGAIN = "all applied again";

  private final Unsteady unsteady;

  ChainChecks(Unsteady unsteady) {
    this.unsteady = unsteady;
  }

  /** That none of them could be tried. */
  static List<Check> skipped(String why) {
    return List.of(SECOND_RUN, ALL_DOWN, ALL_AGAIN).stream()
        .map(name -> new Check(name, Result.SKIPPED, why, Duration.ZERO))
        .toList();
  }

  /** That a run on what is complete does nothing. */
  Check secondRun(Stage stage, SchemaSnapshot complete) {
    long began = System.nanoTime();
    try {
      MigrationReport report = stage.migrate();
      if (!report.isUpToDate()) {
        return check(
            SECOND_RUN,
            Result.FAILED,
            "it ran "
                + report.migrations().stream()
                    .map(migration -> migration.label())
                    .collect(Collectors.joining(", "))
                + " again.",
            began);
      }
      return compared(SECOND_RUN, "after it ", complete, stage.snapshot(), began);
    } catch (MigrationException e) {
      return failed(SECOND_RUN, e, began);
    }
  }

  /**
   * That the latest can be taken back where the repeatables ran, as they have on a real database: what they made may hold
   * on to what a down script drops. What is older is rarely taken back with them there, so that is said and not held against
   * it.
   *
   * @param stage complete
   * @param way how far it goes
   */
  Check besideRepeatables(Stage stage, WayDown way, List<Subject> versioned) {
    long began = System.nanoTime();
    for (int taken = 0; taken < way.count(); taken++) {
      Subject subject = versioned.get(versioned.size() - 1 - taken);
      // What it does for the whole server, the other databases may still need.
      if (subject.obstacle().isPresent()) {
        return taken == 0
            ? check(BESIDE, Result.SKIPPED, subject.obstacle().get(), began)
            : check(BESIDE, Result.PASSED, "", began);
      }
      try {
        stage.down();
      } catch (MigrationException e) {
        Check failed = failed(BESIDE, e, began);
        return taken == 0
            ? failed
            : check(
                BESIDE,
                Result.SKIPPED,
                "those behind " + subject.migration().label()
                    + " were, but not itself with what the repeatables made: " + failed.why(),
                began);
      }
    }
    return check(BESIDE, Result.PASSED, "", began);
  }

  /**
   * That taking back as many as can be leads to what was there before them.
   *
   * @param way how far it goes
   */
  Check allDown(Stage stage, WayDown way) {
    long began = System.nanoTime();
    if (way.count() == 0) {
      return check(ALL_DOWN, Result.SKIPPED, way.obstacle(), began);
    }
    try {
      stage.down(way.count());
      Check check = compared(ALL_DOWN, "then ", way.floor(), stage.snapshot(), began);
      return check.result() == Result.PASSED && !way.isWhole()
          ? check(
              ALL_DOWN,
              Result.SKIPPED,
              way.obstacle()
                  + " What is behind them was taken back, and that restores what was there.",
              began)
          : check;
    } catch (MigrationException e) {
      return failed(ALL_DOWN, e, began);
    }
  }

  /** That applying all again, with the rows that come with them, leads to the same schema. */
  Check allAgain(Stage stage, Seeds seeds, SchemaSnapshot complete, WayDown way, Check down) {
    long began = System.nanoTime();
    if (down.result() == Result.FAILED) {
      return check(
          ALL_AGAIN, Result.SKIPPED, "taking them back did not restore what was there.", began);
    }
    try {
      if (way.isWhole()) {
        seeds.migrate(stage);
      } else {
        // The rows are still in the tables that stayed.
        stage.migrate();
      }
      return compared(ALL_AGAIN, "then ", complete, stage.snapshot(), began);
    } catch (MigrationException e) {
      return failed(ALL_AGAIN, e, began);
    }
  }

  private Check compared(
      String name, String when, SchemaSnapshot expected, SchemaSnapshot found, long began) {
    SchemaDiff diff = unsteady.without(SnapshotComparison.between(expected, found));
    if (diff.isEmpty()) {
      return check(name, Result.PASSED, "", began);
    }
    return diff.onlyColumnOrder()
        ? check(name, Result.PASSED, "columns are in another order.", began)
        : check(name, Result.FAILED, when + DifferenceWords.of(diff) + ".", began);
  }

  private static Check failed(String name, MigrationException failure, long began) {
    if (!Trial.isVerdict(failure)) {
      throw failure;
    }
    return check(name, Result.FAILED, Judgement.firstLine(failure), began);
  }

  private static Check check(String name, Result result, String why, long began) {
    return new Check(name, result, why, Duration.ofNanos(System.nanoTime() - began));
  }
}
