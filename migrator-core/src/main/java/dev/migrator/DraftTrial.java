package dev.migrator;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.schema.MigrationDraft;
import dev.migrator.internal.schema.SnapshotComparison;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.report.NewMigrationReport.Draft;
import dev.migrator.report.NewMigrationReport.Trial;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A draft and what became of it on a throw-away database that has the migrations before it. */
final class DraftTrial {

  private static final String DOWN = "The down script: ";

  private final Rehearsal rehearsal;
  private final Path desired;
  private final ThrowAwayServer server;
  private final List<String> failures = new ArrayList<>();
  private @Nullable Draft report;

  DraftTrial(Consumer<MigrationEngineBuilder> settings, Path desired, ThrowAwayServer server) {
    this.rehearsal = Rehearsal.of(settings);
    this.desired = desired;
    this.server = server;
  }

  /** Drafts, and tries the draft. */
  MigrationDraft run() {
    OutsideReport outside = rehearsal.outside();
    try (ScratchServer scratch = ScratchServer.open(server)) {
      scratch.refuseHarm(outside);
      scratch.createMissing(outside);
      try (ScratchDatabase database = scratch.create()) {
        rehearsal.prepare(database.connections());
        MigrationEngine engine = rehearsal.on(database.connections());
        engine.migrate();
        try (Session session = rehearsal.open(database.connections())) {
          return run(engine, session);
        }
      }
    }
  }

  private MigrationDraft run(MigrationEngine engine, Session session) {
    Settings settings = engine.settings();
    History history = settings.locate(session);
    SchemaSnapshot before = rehearsal.snapshot(engine, session);
    SchemaSnapshot wanted = new DesiredSchema(settings, history).of(desired, server);
    MigrationDraft draft = MigrationDraft.of(before, wanted);
    SchemaSnapshot after = apply(engine, session, draft.up(), "");
    Trial up = Trial.FAILED;
    Trial down = Trial.FAILED;
    List<String> remaining = List.of();
    if (after != null) {
      remaining = differences(after, wanted);
      up = remaining.isEmpty() ? Trial.EXACT : Trial.DIFFERS;
      SchemaSnapshot back = apply(engine, session, draft.down(), DOWN);
      if (back != null) {
        down = differences(back, before).isEmpty() ? Trial.EXACT : Trial.DIFFERS;
      }
    }
    report = new Draft(draft.up().size(), up, down, draft.leftOut(), remaining);
    return draft;
  }

  /** Why it does not run, in words. */
  List<String> failures() {
    return failures;
  }

  /** What came of it; {@code null} before it was run. */
  @Nullable
  Draft report() {
    return report;
  }

  /** Those of the down script. */
  List<String> downFailures() {
    return failures.stream()
        .filter(words -> words.startsWith(DOWN))
        .map(words -> words.substring(DOWN.length()))
        .toList();
  }

  /** Whether the down script runs and does not bring back what there was. */
  boolean leavesSomething() {
    return report != null && report.down() == Trial.DIFFERS;
  }

  private @Nullable SchemaSnapshot apply(
      MigrationEngine engine, Session session, List<String> statements, String words) {
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("BEGIN"));
    statements.forEach(sql -> commands.add(Command.of(sql)));
    commands.add(Command.of("COMMIT"));
    try {
      session.stepwise(commands);
    } catch (CommandFailedException e) {
      session.rollbackAfter(e);
      failures.add(words + e.error().message());
      return null;
    }
    return rehearsal.snapshot(engine, session);
  }

  /** As queries can notice: an added column is the last one, whatever the desired schema's order. */
  private static List<String> differences(SchemaSnapshot now, SchemaSnapshot wanted) {
    SchemaDiff diff = SnapshotComparison.between(now.logical(), wanted.logical());
    return diff.changes().stream().map(DraftTrial::words).toList();
  }

  private static String words(SchemaChange change) {
    String object = change.object().kind().words() + " " + change.object().identity();
    if (change instanceof SchemaChange.Added) {
      return object + " is missing";
    }
    return object + (change instanceof SchemaChange.Removed ? " is still there" : " differs");
  }
}
