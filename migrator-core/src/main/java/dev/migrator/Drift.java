package dev.migrator;

import dev.migrator.config.DriftReference;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.SchemaRecords;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.internal.schema.SnapshotFile;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.DriftReport;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaSnapshot;
import java.util.List;

/** Compares the schema of a database with what it should be. Writes nothing in it, and does not take the migration lock. */
record Drift(Settings settings) {

  private static final int ATTEMPTS = 5;

  /** What there is. */
  SchemaSnapshot snapshot() {
    try (Session session = Session.open(settings.database().dataSource())) {
      return snapshot(session, settings.locate(session));
    }
  }

  /**
   * What there is, held against what it is compared with.
   *
   * @param flavour how closely to look
   */
  DriftReport from(DriftReference reference, SchemaFlavour flavour) {
    try (Session session = Session.open(settings.database().dataSource())) {
      History history = settings.locate(session);
      if (reference instanceof DriftReference.Recorded) {
        return fromRecord(session, history, flavour);
      }
      SchemaSnapshot actual = snapshot(session, history);
      Expected expected = expected(reference, history);
      return compared(history, expected, actual, flavour);
    }
  }

  /** What there is on a session, held against what the last run recorded. */
  DriftReport within(Session session, History history, SchemaFlavour flavour) {
    return fromRecord(session, history, flavour);
  }

  private DriftReport compared(
      History history, Expected expected, SchemaSnapshot actual, SchemaFlavour flavour) {
    requireSchemas(expected.words(), expected.snapshot().schemas(), actual.schemas());
    SchemaDiff diff =
        SnapshotComparison.between(as(flavour, expected.snapshot()), as(flavour, actual));
    // Those of the flavour in which the two could be compared.
    return new DriftReport(
        history.located().database(), expected.words(), diff.before(), diff.after(), diff);
  }

  private record Expected(String words, SchemaSnapshot snapshot) {}

  private Expected expected(DriftReference reference, History history) {
    if (reference instanceof DriftReference.SnapshotInFile file) {
      return new Expected("the snapshot in " + file.file(), SnapshotFile.read(file.file()));
    }
    if (reference instanceof DriftReference.Replay replay) {
      return new Expected(
          "the applied migrations, replayed", new Replay(settings, history).on(replay.server()));
    }
    if (reference instanceof DriftReference.DesiredSchema desired) {
      return new Expected(
          "the schema of " + desired.script(),
          new DesiredSchema(settings, history).of(desired.script(), desired.server()));
    }
    DriftReference.OtherDatabase other = (DriftReference.OtherDatabase) reference;
    try (Session there = Session.open(DriverDataSource.to(other.connections()))) {
      History theirs = settings.locate(there);
      return new Expected("the database " + theirs.located().database(), snapshot(there, theirs));
    }
  }

  /** A run that records meanwhile would be taken for drift: then it is looked at again. */
  private DriftReport fromRecord(Session session, History history, SchemaFlavour flavour) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      long progress = history.progress();
      SchemaRecords.Recorded recorded = recorded(history);
      SchemaSnapshot actual = snapshot(session, history);
      if (history.progress() == progress) {
        return fromRecord(history, recorded, actual, flavour);
      }
    }
    throw incomparable("a run is under way.", "compare again when it is over.");
  }

  private SchemaRecords.Recorded recorded(History history) {
    SchemaRecords.Recorded recorded =
        history.recordedSchema(settings.schemaWatch().schemas());
    if (recorded == null) {
      throw incomparable(
          "no run has recorded the schema of " + history.located().database() + " yet.",
          "the next run that applies something records it; until then compare with a replay.");
    }
    if (!recorded.latest()) {
      throw incomparable(
          "migrations were applied or rolled back since the schema was recorded at " + recorded.at()
              + ".",
          "compare with a replay, or record the schema with the next run.");
    }
    if (!recorded.sameSchemas()) {
      throw incomparable(
          "the last run recorded other schemas than those that are asked about ("
              + named(settings.schemaWatch().schemas()) + ").",
          "name the schemas that the runs name (--schemas, in Java schemas(..)), or compare with a replay.");
    }
    return recorded;
  }

  private static String named(List<String> schemas) {
    return schemas.isEmpty() ? "all" : String.join(", ", schemas);
  }

  /** A schema that is nowhere is misspelt; what is about others would all be missing. */
  private void requireSchemas(String words, List<String> expected, List<String> actual) {
    List<String> asked = settings.schemaWatch().schemas();
    if (asked.isEmpty()) {
      return;
    }
    List<String> nowhere = asked.stream()
        .filter(schema -> !expected.contains(schema) && !actual.contains(schema))
        .toList();
    if (!nowhere.isEmpty()) {
      throw incomparable(
          "there is no schema " + named(nowhere) + " on either side.",
          "correct the names of the schemas (--schemas, in Java schemas(..)).");
    }
    List<String> others =
        expected.stream().filter(schema -> !asked.contains(schema)).toList();
    if (!others.isEmpty()) {
      throw incomparable(
          words + " is also about " + named(others) + ", and only " + named(asked)
              + " is asked about.",
          "name the same schemas as when it was written, or none.");
    }
  }

  /** A fingerprint alone can be compared only as it was taken: strictly. */
  private DriftReport fromRecord(
      History history,
      SchemaRecords.Recorded recorded,
      SchemaSnapshot found,
      SchemaFlavour flavour) {
    String words = "what the last run left at " + recorded.at();
    String compressed = recorded.snapshot();
    if (compressed != null) {
      return compared(
          history, new Expected(words, SnapshotFile.decompressed(compressed)), found, flavour);
    }
    requireSchemas(words, List.of(), found.schemas());
    SchemaSnapshot actual = as(flavour, found);
    SchemaFingerprint left = fingerprint(recorded);
    if (!left.comparableWith(actual.fingerprint())) {
      throw incomparable(
          "the recorded fingerprint is a " + left.flavour().stored() + " one of PostgreSQL "
              + left.serverMajor()
              + ", and cannot be compared with a " + flavour.stored() + " one of PostgreSQL "
              + actual.serverMajor() + ".",
          "compare in the strict flavour, or with a replay.");
    }
    return new DriftReport(history.located().database(), words, left, actual.fingerprint(), null);
  }

  private static SchemaFingerprint fingerprint(SchemaRecords.Recorded recorded) {
    try {
      return SchemaFingerprint.of(recorded.fingerprint());
    } catch (IllegalArgumentException e) {
      throw incomparable(
          "this release does not know the form of the recorded fingerprint.",
          "use the release that recorded it, or compare with a replay.");
    }
  }

  private SchemaSnapshot snapshot(Session session, History history) {
    return SnapshotReader.read(
        session, settings.scope(history.names()), settings.conduct().limits().lockTimeout());
  }

  private static SchemaSnapshot as(SchemaFlavour flavour, SchemaSnapshot snapshot) {
    return flavour == SchemaFlavour.LOGICAL ? snapshot.logical() : snapshot;
  }

  /** The exception for a comparison that cannot be made. */
  static MigrationException incomparable(String problem, String advice) {
    return MigrationException.because(FailureCode.CONFIGURATION_INVALID, problem)
        .done("nothing was compared.", List.of())
        .advice(advice)
        .build();
  }
}
