package dev.migrator;

import dev.migrator.config.ThrowAwayServer;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.schema.SnapshotReader;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.scratch.ScratchServer;
import dev.migrator.internal.source.Resolved;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the applied migrations make of an empty database: those and no others, whatever else is pending.
 *
 * @param history the tracking tables that say what is applied
 */
record Replay(Settings settings, History history) {

  /**
   * The schema after the replay.
   *
   * @throws MigrationValidationException where scripts and tracking tables disagree
   * @throws MigrationException {@code CONFIGURATION_INVALID} where there is no script of what was applied, {@code
   *     SCRIPT_REFUSED} where one reaches beyond its database on a server that others use
   */
  SchemaSnapshot on(ThrowAwayServer server) {
    List<Resolved> applied = applied();
    OutsideReport outside = Outside.ofApplying(applied);
    try (ScratchServer scratch = ScratchServer.open(server)) {
      scratch.refuseHarm(outside);
      scratch.createMissing(outside);
      try (ScratchDatabase database = scratch.create()) {
        Settings there =
            settings.onThrowAway(database.dataSource(), settings.source().holding(applied));
        new MigrationEngine(there).migrate();
        try (Session session = database.open()) {
          return SnapshotReader.read(
              session, settings.scope(there.locate(session).names()));
        }
      }
    }
  }

  private List<Resolved> applied() {
    Inventory resolved = settings.source().takeScripts();
    Comparison comparison = new Survey(settings).compare(resolved, history, history.read());
    if (!comparison.mismatches().isEmpty()) {
      throw new MigrationValidationException(comparison.mismatches());
    }
    Set<Resolved> applied = new HashSet<>();
    List<String> without = new ArrayList<>();
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration row = known.applied();
      if (row != null && (row.isApplied() || row.isPartial())) {
        String problem = problem(known, row);
        if (problem != null) {
          without.add(known.migration().label() + " (" + problem + ")");
        } else if (known.resolved() != null) {
          applied.add(known.resolved());
        }
      }
    }
    if (!without.isEmpty()) {
      throw unreplayable(without);
    }
    List<Resolved> inOrder = new ArrayList<>();
    for (Resolved migration : resolved.migrations()) {
      if (applied.contains(migration)) {
        inOrder.add(migration);
      }
    }
    return inOrder;
  }

  /**
   * What is applied, and whether it can be applied again elsewhere before what is pending.
   *
   * @param applied what can
   * @param notes what is left out because it is pending too, each in a sentence: what stopped half-way, and what is repeated
   *     with another content
   * @param without what cannot, each with its reason
   */
  record Scripts(List<Resolved> applied, List<String> notes, List<String> without) {

    static Scripts of(Comparison comparison) {
      Scripts scripts = new Scripts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (Comparison.Known known : comparison.known()) {
        AppliedMigration row = known.applied();
        if (row == null || !row.isApplied() && !row.isPartial()) {
          continue;
        }
        Resolved resolved = known.resolved();
        String problem = problem(known, row);
        if (problem == null && resolved != null) {
          scripts.applied.add(resolved);
        } else if (resolved != null && comparison.pending().contains(resolved)) {
          scripts.notes.add(known.migration().label()
              + " is traced from its beginning, on a database without it: " + problem + ".");
        } else {
          scripts.without.add(known.migration().label() + " (" + problem + ")");
        }
      }
      return scripts;
    }

    /** What is applied and is not what its script would bring, each with its reason. */
    static List<String> unlike(Comparison comparison) {
      List<String> unlike = new ArrayList<>();
      for (Comparison.Known known : comparison.known()) {
        AppliedMigration row = known.applied();
        if (row == null || !row.isApplied() && !row.isPartial()) {
          continue;
        }
        String problem = problem(known, row);
        if (problem == null && known.state() == MigrationState.EDITED) {
          problem = "its script is not the one that was applied";
        }
        if (problem != null) {
          unlike.add(known.migration().label() + " (" + problem + ")");
        }
      }
      return unlike;
    }
  }

  private static MigrationException unreplayable(List<String> without) {
    return Drift.incomparable(
        "what was applied cannot be replayed: " + String.join(", ", without) + ".",
        "compare with a snapshot instead, or with the release that applied it.");
  }

  /** What keeps a migration from being replayed; {@code null} when nothing does. */
  private static @Nullable String problem(Comparison.Known known, AppliedMigration row) {
    if (row.isPartial()) {
      return "it stopped half-way";
    }
    if (known.resolved() == null) {
      return row.migration().kind() == MigrationKind.BASELINE
          ? "what was there before a baseline is not known"
          : "its script is not there";
    }
    return row.migration().kind() == MigrationKind.REPEATABLE
            && known.state() != MigrationState.APPLIED
        ? "its script is not the one that was applied"
        : null;
  }
}
