package dev.migrator;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.text.FileFailures;
import dev.migrator.internal.text.Identifiers;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.SchemaSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a script makes of an empty database, without the engine's own tables: neither those with which it is run, nor those
 * that the script creates because it was dumped from a database that has them.
 *
 * @param history the tracking tables of the database that is compared with it
 */
record DesiredSchema(Settings settings, History history) {

  /** So that a script that creates the tracking tables meets none. */
  private static final String APART = "migrator_desired_schema";

  /**
   * The schema that a script makes.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it cannot be read, {@code SCRIPT_REFUSED} where it reaches
   *     beyond its database on a server that others use, {@code MIGRATION_FAILED}
   */
  SchemaSnapshot of(Path script, ThrowAwayServer server) {
    List<Resolved> migrations = List.of(new ResolvedMigration(
        new Migration(
            "1",
            MigrationVersion.of("1"),
            "desired schema",
            MigrationKind.VERSIONED,
            script.toString()),
        settings.source().stored(script.toString(), text(script)),
        null));
    OutsideReport outside = Outside.ofApplying(migrations);
    try (ScratchServer scratch = ScratchServer.open(server)) {
      scratch.refuseHarm(outside);
      scratch.createMissing(outside);
      try (ScratchDatabase database = scratch.create()) {
        Settings there = settings.onThrowAway(
            database.dataSource(), settings.source().holding(migrations), APART);
        new MigrationEngine(there).migrate();
        try (Session session = database.open()) {
          clear(session);
          return SnapshotReader.read(session, settings.scope(history.names()));
        }
      }
    }
  }

  /** The schema of the target's tracking tables is there, even where it has nothing else in it. */
  private void clear(Session session) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("DROP SCHEMA " + Identifiers.quote(APART) + " CASCADE"));
    String tracking = settings.tracking().schema();
    if (tracking != null) {
      commands.add(Command.of("CREATE SCHEMA IF NOT EXISTS " + Identifiers.quote(tracking)));
    }
    try {
      session.stepwise(commands);
    } catch (CommandFailedException e) {
      throw Session.unanswered("clearing the throw-away database", e);
    }
  }

  /**
   * The script's text.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID} when it cannot be read
   */
  static String text(Path script) {
    try {
      return Files.readString(script);
    } catch (IOException e) {
      throw MigrationException.because(
              FailureCode.CONFIGURATION_INVALID,
              "the schema " + script + " cannot be read: " + FileFailures.words(e) + ".")
          .done("nothing was changed.", List.of())
          .advice("give the path of a script.")
          .cause(e)
          .build();
    }
  }
}
