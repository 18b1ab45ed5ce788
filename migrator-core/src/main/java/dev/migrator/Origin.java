package dev.migrator;

import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.plan.Step;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.source.Script;
import dev.migrator.report.OutsideReport;
import dev.migrator.report.PlannedStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a trace begins with on a throw-away database, and what is to run there.
 *
 * @param state how the state before comes about, in words
 * @param outside what the migrations have to do with the server around their database
 * @param beginning brings an empty database to that state
 * @param ofDatabase the settings of an engine in such a database that has what was applied and what is to run, and nothing else
 * @param back what is taken back there first
 * @param forth what is applied there then
 * @param notes what limits it, each in a sentence
 */
record Origin(
    String state,
    OutsideReport outside,
    Beginning beginning,
    Function<ScratchDatabase, Settings> ofDatabase,
    List<PlannedStep> back,
    Forth forth,
    List<String> notes) {

  /** What is applied on a throw-away database. */
  enum Forth {
    /** Everything that is pending there. */
    PENDING,
    /** Nothing. */
    NOTHING
  }

  /** Brings an empty database to a state. */
  @FunctionalInterface
  interface Beginning {

    /** Does it, on a stage. */
    void in(ScratchDatabase database, Stage stage);
  }

  /** Where something is run that can be stopped. */
  interface Stage {

    /** Lets an engine apply what it has. */
    void apply(MigrationEngine engine);

    /** Ends it, with an exception, when it is to stop. */
    void check();

    /** Takes what limits it, in a sentence. */
    void note(String limit);
  }

  /** The same, with something more that is done to reach the state. */
  Origin with(Consumer<ScratchDatabase> more) {
    Beginning both = (database, stage) -> {
      beginning.in(database, stage);
      more.accept(database);
    };
    return new Origin(state, outside, both, ofDatabase, back, forth, notes);
  }

  /** Brings an empty database to the state before. */
  void begin(ScratchDatabase database, Stage stage) {
    beginning.in(database, stage);
  }

  /** The settings of an engine in a database. */
  Settings settings(ScratchDatabase database) {
    return ofDatabase.apply(database);
  }

  /** An engine in a database. */
  MigrationEngine there(ScratchDatabase database) {
    return new MigrationEngine(settings(database));
  }

  /**
   * All migrations, from an empty database.
   *
   * @param rehearsal has them
   */
  static Origin empty(Rehearsal rehearsal) {
    return new Origin(
        "an empty database",
        rehearsal.outsideApplying(),
        (database, stage) -> rehearsal.prepare(database.connections()),
        database -> rehearsal.on(database.connections()).settings(),
        List.of(),
        Forth.PENDING,
        List.of());
  }

  /**
   * What a run would do in a database: from a replay of what is applied there, or where scripts do not tell it from a copy.
   *
   * @param settings its engine's
   * @param history its tracking tables
   * @param session in it
   * @throws dev.migrator.migration.MigrationException {@code CONFIGURATION_INVALID} when there is neither
   */
  static Origin ahead(
      Settings settings, History history, Inventory resolved, RunPlan run, Session session) {
    Replay.Scripts scripts = Replay.Scripts.of(run.comparison());
    List<String> untold = new ArrayList<>(scripts.without());
    run.down().steps().forEach(step -> untold.add(label(step) + " (it stopped half-way)"));
    if (!untold.isEmpty()) {
      return new SchemaOriginal(settings, history, session)
          .origin(
              untold,
              without(resolved, beyond(run)),
              run.whole(),
              run.down().planned(),
              Forth.PENDING);
    }
    Set<Resolved> all = new HashSet<>(scripts.applied());
    all.addAll(run.selected());
    return replay(
        settings,
        inOrder(resolved, new HashSet<>(scripts.applied())),
        inOrder(resolved, all),
        run.up(),
        List.of(),
        Forth.PENDING,
        scripts.notes());
  }

  /**
   * What a rollback would do in a database, as {@link #ahead}; but a replay brings nothing else than what was applied, because
   * nothing of what is pending runs after it.
   *
   * @param comparison what the plan was made of
   */
  static Origin back(
      Settings settings,
      History history,
      Inventory resolved,
      Comparison comparison,
      Plan plan,
      Session session) {
    Replay.Scripts scripts = Replay.Scripts.of(comparison);
    List<String> untold = Replay.Scripts.unlike(comparison);
    plan.steps().stream()
        .filter(step -> isKeptAlone(step, comparison))
        .forEach(step -> untold.add(label(step) + " (the database keeps another down script)"));
    if (!untold.isEmpty()) {
      return new SchemaOriginal(settings, history, session)
          .origin(untold, resolved.migrations(), plan, plan.planned(), Forth.NOTHING);
    }
    List<Resolved> applied = inOrder(resolved, new HashSet<>(scripts.applied()));
    return replay(settings, applied, applied, plan, plan.planned(), Forth.NOTHING, List.of());
  }

  private static Origin replay(
      Settings settings,
      List<Resolved> before,
      List<Resolved> known,
      Plan plan,
      List<PlannedStep> back,
      Forth forth,
      List<String> notes) {
    return new Origin(
        before.isEmpty()
            ? "an empty database, since nothing is applied"
            : "a replay of " + before.size() + " applied migration"
                + (before.size() == 1 ? "" : "s"),
        Outside.ofRunning(before, plan),
        (database, stage) -> stage.apply(new MigrationEngine(
            settings.onThrowAway(database.dataSource(), settings.source().holding(before)))),
        database ->
            settings.onThrowAway(database.dataSource(), settings.source().holding(known)),
        back,
        forth,
        notes);
  }

  /** Whether the down script that would run is not the one that a replay would bring. */
  private static boolean isKeptAlone(Step step, Comparison comparison) {
    for (Comparison.Known known : comparison.known()) {
      if (known.applied() != null
          && known.applied().migration().id().equals(step.migration().id())
          && known.resolved() instanceof ResolvedMigration scripts) {
        Script local = scripts.down();
        return local == null || !local.checksum().equals(step.checksum());
      }
    }
    return false;
  }

  /** What is pending behind the target of a run. */
  private static Set<Resolved> beyond(RunPlan run) {
    Set<Resolved> beyond = new HashSet<>(run.comparison().pending());
    run.selected().forEach(beyond::remove);
    return beyond;
  }

  private static List<Resolved> without(Inventory resolved, Set<Resolved> others) {
    Set<Resolved> chosen = new HashSet<>(resolved.migrations());
    chosen.removeAll(others);
    return inOrder(resolved, chosen);
  }

  private static String label(Step step) {
    return step.migration().label();
  }

  private static List<Resolved> inOrder(Inventory resolved, Set<Resolved> chosen) {
    List<Resolved> ordered = new ArrayList<>();
    for (Resolved migration : resolved.migrations()) {
      if (chosen.contains(migration)) {
        ordered.add(migration);
      }
    }
    return ordered;
  }
}
