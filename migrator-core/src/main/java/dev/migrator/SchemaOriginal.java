package dev.migrator;

import dev.migrator.config.Connections;
import dev.migrator.internal.backup.SchemaCopy;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.PlannedStep;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A database whose schema is copied, because scripts do not tell how it came about. With it come the rows of the tracking tables,
 * and no others.
 *
 * @param history its tracking tables
 * @param session in it
 */
record SchemaOriginal(Settings settings, History history, Session session) {

  /**
   * What a trace begins with that begins with a copy.
   *
   * @param untold what no script tells, each with its reason
   * @param known the migrations that an engine in the copy has
   * @param plan what is run there
   * @throws MigrationException {@code CONFIGURATION_INVALID} when none can be made
   */
  Origin origin(
      List<String> untold,
      List<? extends Resolved> known,
      Plan plan,
      List<PlannedStep> back,
      Origin.Forth forth) {
    String reason = String.join(", ", untold);
    Connections original = settings.database().connections();
    SchemaCopy copy = copy(reason);
    SameDatabase.require(settings, session, "the copy would be one of another");
    long progress = history.progress();
    TrackingNames names = history.names();
    List<String> records = Stream.of(names.records(), names.tables())
        .flatMap(tables -> tables.stream().sorted())
        .map(table -> Identifiers.quote(names.schema(), table))
        .toList();
    OutsideReport ofPlan = Outside.ofRunning(List.of(), plan);
    SortedSet<String> roles = new TreeSet<>(ofPlan.roles());
    roles.addAll(SchemaCopy.roles(session));
    return new Origin(
        "a copy of the schema by " + copy.program() + ", since no script tells of " + reason,
        new OutsideReport(ofPlan.statements(), roles, ofPlan.databases()),
        (database, stage) -> {
          database.fill(copy, records, stage::check).forEach(stage::note);
          if (original != null) {
            requireStandstill(original, progress);
          }
        },
        database -> there(database, names, known),
        back,
        forth,
        List.of());
  }

  private Settings there(
      ScratchDatabase database, TrackingNames names, List<? extends Resolved> known) {
    return settings.onThrowAway(
        database.dataSource(), settings.source().holding(List.copyOf(known)), names.schema());
  }

  private SchemaCopy copy(String reason) {
    try {
      return SchemaCopy.of(
          settings.safeguards().backup().programs(), settings.database().connections(), session);
    } catch (MigrationException e) {
      if (e.code() != FailureCode.CONFIGURATION_INVALID) {
        throw e;
      }
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the schema cannot be made anew on a throw-away database. No script tells of "
                  + reason + "; and it cannot be copied: " + Reports.problem(e))
          .done("nothing was changed.", List.of())
          .advice("bring the scripts back, or let the schema be copied: " + e.advice())
          .cause(e)
          .build();
    }
  }

  /** Schema and tracking tables are copied one after the other. */
  private void requireStandstill(Connections original, long progress) {
    try (Session now = Session.open(DriverDataSource.to(original))) {
      TrackingNames names = history.names();
      if (History.locate(now, names.schema(), names.table()).progress() != progress) {
        throw MigrationException.because(
                FailureCode.THROW_AWAY_DATABASE_UNAVAILABLE,
                "the database was migrated while its schema was copied.")
            .done("nothing was changed.", List.of())
            .advice("try again when that run is over.")
            .build();
      }
    }
  }
}
