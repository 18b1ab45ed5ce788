package dev.migrator;

import dev.migrator.internal.history.Records;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.Action;
import dev.migrator.report.ReportStep;
import java.time.Duration;
import java.util.List;

/** The mark below which a database existed before. */
final class Baseline {

  private Baseline() {}

  static Migration at(MigrationVersion version) {
    return new Migration(version.text(), version, "baseline", MigrationKind.BASELINE, "");
  }

  /** Whether it is set already; refuses when anything else is recorded, for that would make it a lie. */
  static boolean isSet(Migration baseline, List<AppliedMigration> recorded, TrackingNames names) {
    if (recorded.isEmpty()) {
      return false;
    }
    AppliedMigration first = recorded.get(0);
    if (recorded.size() == 1
        && first.migration().kind() == MigrationKind.BASELINE
        && first.migration().version().equals(baseline.version())) {
      return true;
    }
    throw MigrationException.because(
            FailureCode.CONFIGURATION_INVALID,
            "a baseline can only be set while " + names + " is empty; it has " + recorded.size()
                + " rows, the first is " + first.migration().label() + ".")
        .done("nothing was changed.", List.of())
        .advice("the database is under Migrator's care already: run 'migrate'.")
        .build();
  }

  static ReportStep record(Held held, Migration baseline) {
    held.write(
        "recording the baseline",
        held.records()
            .completed(
                new Records.Subject(baseline, null, true),
                Action.BASELINE.stored(),
                1,
                Duration.ZERO));
    return new ReportStep(
        Action.BASELINE,
        baseline,
        0,
        true,
        Duration.ZERO,
        List.of(),
        List.of(),
        List.of(),
        "migrations up to " + baseline.id() + " never run");
  }
}
