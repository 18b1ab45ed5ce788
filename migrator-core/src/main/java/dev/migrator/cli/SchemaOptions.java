package dev.migrator.cli;

import dev.migrator.MigrationEngineBuilder;
import dev.migrator.config.Connections;
import dev.migrator.config.DriftPolicy;
import dev.migrator.config.DriftReference;
import dev.migrator.config.SchemaRecording;
import dev.migrator.config.ThrowAwayServer;
import dev.migrator.report.SchemaFlavour;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The options about the schema as a value, and what they come to. */
final class SchemaOptions {

  private SchemaOptions() {}

  static final Option<List<String>> SCHEMAS = Option.of(
      "--schemas",
      "<schemas>",
      Values::list,
      (builder, schemas) -> builder.schemas(schemas.toArray(String[]::new)),
      "The schemas that fingerprints, snapshots and drift are about, divided by commas. Default: all.");

  static final Option<SchemaRecording> RECORDING = Option.of(
      "--schema-recording",
      Values.choices(SchemaRecording.class),
      Values.oneOf(SchemaRecording.class),
      MigrationEngineBuilder::schemaRecording,
      "When the schema's fingerprint is recorded. Default: automatic, which is between all of up to ten migrations, else"
          + " before and after the run.");

  static final Option<Boolean> KEEP_SNAPSHOTS = Option.flag(
      "--keep-snapshots",
      MigrationEngineBuilder::keepSnapshots,
      "Keep the whole snapshot in the history, so that drift is told object by object.");

  static final Option<DriftPolicy> ON_DRIFT = Option.of(
      "--on-drift",
      Values.choices(DriftPolicy.class),
      Values.oneOf(DriftPolicy.class),
      MigrationEngineBuilder::drift,
      "What to do when the schema is not what the last run left. Default: warn.");

  static final Option<SchemaFlavour> FLAVOUR = Option.of(
      "--flavour",
      Values.choices(SchemaFlavour.class),
      Values.oneOf(SchemaFlavour.class),
      "How closely to look: strict is everything, logical is what queries can notice. Default: strict for a snapshot"
          + " that is printed and for what the last run recorded, else logical.");

  static final Option<Path> CHECK = Option.of(
      "--check",
      "<file>",
      Values::path,
      "Compare with the snapshot in this file instead of printing one; exit code 1 when it is out of date.");

  static final Option<String> AGAINST = Option.of(
      "--against",
      "<reference>",
      Function.identity(),
      "What the schema should be: recorded (what the last run left), replay (the applied migrations on a throw-away"
          + " database), a snapshot's file.json, or a script.sql with the desired schema. Default: recorded.");

  static final Option<String> WITH = Option.of(
      "--with",
      "<url>",
      Function.identity(),
      "The other database, or a snapshot's file.json; PGUSER and PGPASSWORD count. Required.");

  /** What every verb that applies or rolls back understands. */
  static final Options.Group GROUP =
      new Options.Group("Schema", List.of(SCHEMAS, RECORDING, KEEP_SNAPSHOTS, ON_DRIFT));

  /** What {@code drift} compares with. */
  static DriftReference against(Arguments given, Console console) {
    String text = given.get(AGAINST).orElse("recorded");
    ThrowAwayServer server = ServerOption.of(given, console).orElse(ThrowAwayServer.automatic());
    if (text.equals("recorded")) {
      return DriftReference.recorded();
    }
    if (text.equals("replay")) {
      return DriftReference.replay(server);
    }
    if (isScript(text)) {
      return DriftReference.desiredSchema(Values.path(text), server);
    }
    return DriftReference.snapshot(Values.path(text));
  }

  /** What {@code diff} compares with. */
  static DriftReference with(Arguments given, Console console) {
    String text = given.require(WITH);
    if (text.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return DriftReference.snapshot(Values.path(text));
    }
    try {
      return DriftReference.database(
          DatabaseAddress.withAccount(Connections.to(text), WITH, console));
    } catch (IllegalArgumentException e) {
      throw UsageErrors.invalid("the value of --with cannot be used: " + e.getMessage() + ".");
    }
  }

  /** How closely to look. */
  static SchemaFlavour flavour(Arguments given, DriftReference reference) {
    return given
        .get(FLAVOUR)
        .orElse(
            reference instanceof DriftReference.Recorded
                ? SchemaFlavour.STRICT
                : SchemaFlavour.LOGICAL);
  }

  private static boolean isScript(String text) {
    return text.toLowerCase(Locale.ROOT).endsWith(".sql");
  }
}
