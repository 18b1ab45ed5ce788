package dev.migrator.internal.plan;

import dev.migrator.config.RollbackTarget;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.Directives.Irreversible;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.Mismatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a rollback: latest applied first, each with a down script, or none at all. */
public final class RollbackPlan {

  private RollbackPlan() {}

  /**
   * The plan.
   *
   * @param comparison scripts and tracking table
   * @param done how many migrations of the target were rolled back before
   * @param stored the down scripts that were stored when the migrations were applied, by recorded version
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every migration that has no down script or says that it is
   *     irreversible; {@code CONFIGURATION_INVALID} for a version that is not applied
   * @throws MigrationValidationException when a migration stopped half-way
   */
  public static Plan of(
      Comparison comparison, Map<String, Script> stored, RollbackTarget target, int done) {
    requireWhole(comparison);
    return of(comparison, chosen(comparison, target, done), stored);
  }

  /**
   * The plan that rolls back given migrations, latest first.
   *
   * @param migrations the migrations; one that is not applied any more is left out
   * @throws MigrationException as {@link #of(Comparison, Map, RollbackTarget, int)}
   */
  public static Plan ofThese(
      Comparison comparison, Map<String, Script> stored, List<Migration> migrations) {
    requireWhole(comparison);
    Set<String> ids = migrations.stream().map(Migration::id).collect(Collectors.toSet());
    return of(
        comparison,
        applied(comparison).stream().filter(k -> ids.contains(recorded(k).id())).toList(),
        stored);
  }

  /**
   * The plan that takes back one migration, or takes it down where it is half-way; empty when it is not applied.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} when it has no down script or is irreversible
   */
  public static Plan ofOne(Comparison comparison, Map<String, Script> stored, Migration migration) {
    return of(
        comparison,
        comparison.known().stream()
            .filter(known -> known.applied() != null
                && (known.applied().isApplied() || known.applied().isPartial())
                && recorded(known).id().equals(migration.id()))
            .toList(),
        stored);
  }

  /**
   * The plan that takes down what stopped half-way, so that it can begin again; empty when nothing did.
   *
   * @throws MigrationException {@code ROLLBACK_IMPOSSIBLE} with every one that has no down script or is irreversible
   */
  public static Plan ofPartial(Comparison comparison, Map<String, Script> stored) {
    return of(
        comparison,
        comparison.known().stream()
            .filter(known -> known.state() == MigrationState.PARTIALLY_APPLIED)
            .toList(),
        stored);
  }

  private static Plan of(
      Comparison comparison, List<Comparison.Known> chosen, Map<String, Script> stored) {
    List<Step> steps = new ArrayList<>();
    List<Comparison.Known> without = new ArrayList<>();
    Map<Comparison.Known, Irreversible> irreversible = new LinkedHashMap<>();
    for (Comparison.Known known : chosen) {
      Script script = downScript(known, stored);
      Irreversible never = irreversible(known);
      AppliedMigration row = known.applied();
      Resumption resumption =
          row == null || !row.isPartial() || row.action() == AppliedMigration.Action.APPLY
              ? null
              : resumption(comparison, row);
      if (never != null) {
        irreversible.put(known, never);
      } else if (script != null) {
        steps.add(Step.rollback(
            recorded(known),
            script,
            comparison.own(),
            resumption == null
                ? null
                : resume(resumption.of(Step.downStatements(script, comparison.own())))));
      } else if (known.resolved() instanceof ResolvedCode code && code.hasRollback()) {
        steps.add(Step.rollback(
            recorded(known), code, resumption == null ? null : resume(resumption.ofCode())));
      } else {
        without.add(known);
      }
    }
    if (!without.isEmpty() || !irreversible.isEmpty()) {
      throw impossible(without, irreversible);
    }
    return new Plan(steps);
  }

  /** A migration that stopped half-way is not there to be undone. */
  private static void requireWhole(Comparison comparison) {
    List<Mismatch> partial = new ArrayList<>();
    for (Comparison.Known known : comparison.known()) {
      AppliedMigration row = known.applied();
      if (row != null && row.isPartial() && row.action() == AppliedMigration.Action.APPLY) {
        partial.add(Disagreements.unfinished(known.migration(), row));
      }
    }
    if (!partial.isEmpty()) {
      throw new MigrationValidationException(partial);
    }
  }

  private static Resumption resumption(Comparison comparison, AppliedMigration row) {
    List<JournalEntry> journal = comparison.journal(row);
    if (journal == null) {
      throw new MigrationValidationException(List.of(Disagreements.partial(row.migration(), row)));
    }
    return new Resumption(row, journal);
  }

  private static Resume resume(Resumption.Finding finding) {
    if (finding instanceof Resumption.Finding.GoesOn on) {
      return on.resume();
    }
    throw new MigrationValidationException(
        List.of(((Resumption.Finding.Stuck) finding).mismatch()));
  }

  private static List<Comparison.Known> chosen(
      Comparison comparison, RollbackTarget target, int done) {
    List<Comparison.Known> applied = applied(comparison);
    if (target instanceof RollbackTarget.Steps steps) {
      return applied.subList(0, Math.min(Math.max(0, steps.count() - done), applied.size()));
    }
    if (target instanceof RollbackTarget.DownTo downTo) {
      Comparison.Known stays = comparison.known().stream()
          .filter(k -> k.applied() != null
              && k.applied().isApplied()
              && k.migration().version().equals(downTo.version()))
          .max(Comparator.comparingLong(RollbackPlan::rank))
          .orElseThrow(() -> MigrationException.because(
                  FailureCode.CONFIGURATION_INVALID,
                  "version " + downTo.version() + " is not applied.")
              .done("nothing was changed.", List.of())
              .advice("name the applied version that should stay the latest; 'status' lists them.")
              .build());
      return applied.stream().filter(k -> rank(k) > rank(stays)).toList();
    }
    return applied;
  }

  /** What can be rolled back, latest first; before all what a rollback has begun. */
  private static List<Comparison.Known> applied(Comparison comparison) {
    return comparison.known().stream()
        .filter(k -> k.applied() != null
            && (k.applied().isApplied() || k.applied().isPartial())
            && k.applied().migration().kind() == MigrationKind.VERSIONED)
        .sorted(Comparator.comparingLong(RollbackPlan::rank).reversed())
        .toList();
  }

  private static long rank(Comparison.Known known) {
    AppliedMigration applied = known.applied();
    return applied == null ? 0 : applied.isPartial() ? Long.MAX_VALUE : applied.rank();
  }

  /** The tracking row is found by the version as it was recorded. */
  private static Migration recorded(Comparison.Known known) {
    AppliedMigration applied = known.applied();
    return applied == null ? known.migration() : applied.migration();
  }

  /** The local down script where it is the one that was stored, or where none was; else the stored one. */
  private static @Nullable Script downScript(Comparison.Known known, Map<String, Script> stored) {
    Script local = known.resolved() instanceof ResolvedMigration scripts ? scripts.down() : null;
    Script kept = stored.get(recorded(known).id());
    if (kept == null || (local != null && local.checksum().equals(kept.checksum()))) {
      return local;
    }
    return kept;
  }

  /** What the script says today, even where a down script was stored before it said so; nothing where it cannot be read. */
  private static @Nullable Irreversible irreversible(Comparison.Known known) {
    if (!(known.resolved() instanceof ResolvedMigration scripts)) {
      return null;
    }
    try {
      return scripts.script().parse().directives().irreversible();
    } catch (MigrationException e) {
      // It is not this script that would run.
      return null;
    }
  }

  private static MigrationException impossible(
      List<Comparison.Known> without, Map<Comparison.Known, Irreversible> irreversible) {
    List<String> problems = new ArrayList<>();
    List<String> advice = new ArrayList<>();
    if (!without.isEmpty()) {
      problems.add((without.size() == 1 ? "a migration has" : without.size() + " migrations have")
          + " no down script: "
          + without.stream().map(k -> k.migration().label()).collect(Collectors.joining(", "))
          + ".");
      advice.add("add the down scripts beside the migrations, or roll back fewer of them.");
    }
    irreversible.forEach((known, never) -> problems.add(known.migration().label()
        + " is irreversible because " + never.reason() + " (" + never.position() + ")."));
    if (!irreversible.isEmpty()) {
      advice.add("what is irreversible is mended by a new migration.");
    }
    if (without.stream().anyMatch(RollbackPlan::isCode)) {
      advice.add(
          "What is written in Java is undone by its class: run the release that has it, and let it be a"
              + " ReversibleJavaMigration.");
    }
    return MigrationException.because(FailureCode.ROLLBACK_IMPOSSIBLE, String.join(" ", problems))
        .at(irreversible.values().stream()
            .map(Irreversible::position)
            .findFirst()
            .orElse(null))
        .done("nothing was rolled back.", List.of())
        .advice(String.join(" ", advice))
        .build();
  }

  private static boolean isCode(Comparison.Known known) {
    Checksum recorded = known.applied() == null ? null : known.applied().checksum();
    return recorded != null && recorded.algorithm().equals(Checksum.EXPLICIT);
  }
}
