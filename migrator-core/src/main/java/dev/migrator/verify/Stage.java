package dev.migrator.verify;

import dev.migrator.MigrationEngine;
import dev.migrator.config.MigrationTarget;
import dev.migrator.config.RollbackTarget;
import dev.migrator.event.MigrationListener;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.rows.SeedScript;
import dev.migrator.internal.scratch.ScratchDatabase;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SchemaSnapshot;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A throw-away database on which the engine itself runs. Used by one thread at a time, but for {@link #cancel()}. */
final class Stage implements AutoCloseable {

  private final Stages stages;
  private final ScratchDatabase database;
  private final MigrationEngine engine;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Session looking;

  Stage(Stages stages, ScratchDatabase database, MigrationListener... listeners) {
    this.stages = stages;
    this.database = database;
    this.engine = stages.rehearsal().on(database.connections(), listeners);
  }

  /** What its engine would run, in order. */
  MigrationPlan plan() {
    return engine.plan();
  }

  /** Applies the next migration. */
  ReportStep up() {
    stages.requireGoing();
    return only(engine.migrate(MigrationTarget.steps(1)));
  }

  /** Takes back the migration that was applied last. */
  ReportStep down() {
    stages.requireGoing();
    return only(engine.rollback(RollbackTarget.steps(1)));
  }

  /** Takes back so many, latest first. */
  void down(int count) {
    stages.requireGoing();
    engine.rollback(RollbackTarget.steps(count));
  }

  /** Applies everything that is pending. */
  MigrationReport migrate() {
    stages.requireGoing();
    return engine.migrate();
  }

  /** Runs a migration again that is applied. */
  ReportStep again(Migration migration) {
    stages.requireGoing();
    return only(engine.reapply(migration.id()));
  }

  private static ReportStep only(MigrationReport report) {
    if (report.steps().size() != 1) {
      throw MigrationException.because(
              FailureCode.VALIDATION_FAILED,
              "the tracking table had nothing to do for the engine where one migration was expected.")
          .advice("look whether a script changes the tracking table.")
          .build();
    }
    return report.steps().get(0);
  }

  /** The tables that the engine keeps there. */
  Map<String, Set<String>> ownTables() {
    return stages.rehearsal().ownTables(database.connections());
  }

  /** Its schema, without what the engine keeps there. */
  SchemaSnapshot snapshot() {
    stages.requireGoing();
    return look(session -> stages.rehearsal().snapshot(engine, session));
  }

  /**
   * Reads something in a session that is kept until the database is copied or dropped: the server reads a catalog a second
   * time in a third of the time. A script may have ended it, then there is another.
   */
  <T> T look(Function<Session, T> reading) {
    Session known = looking;
    if (known != null) {
      try {
        return reading.apply(known);
      } catch (MigrationException e) {
        stages.requireGoing();
        if (e.code() != FailureCode.CONNECTION_LOST) {
          throw e;
        }
        endLooking();
      }
    }
    Session session = database.open();
    looking = session;
    session.keepQueries();
    return reading.apply(session);
  }

  private void endLooking() {
    Session known = looking;
    looking = null;
    if (known != null) {
      known.close();
    }
  }

  /** A session in it as scripts have it, for the caller to close. */
  Session session() {
    stages.requireGoing();
    Session session = stages.rehearsal().open(database.connections());
    sessions.add(session);
    return session;
  }

  /**
   * Inserts rows.
   *
   * @throws MigrationException as the script, {@code CANCELLED}
   */
  void run(SeedScript seed) {
    try (Session session = session()) {
      seed.run(session);
    } catch (MigrationException e) {
      stages.requireGoing();
      throw e;
    }
  }

  /** Another one in the same state. */
  Stage copy() {
    stages.requireGoing();
    endLooking();
    return stages.added(database.copy());
  }

  void cancel() {
    engine.cancel();
    sessions.forEach(Session::cancel);
    Session known = looking;
    if (known != null) {
      known.cancel();
    }
  }

  /**
   * Drops it.
   *
   * @throws MigrationException when the server refuses
   */
  @Override
  public void close() {
    stages.closed(this);
    endLooking();
    database.close();
  }
}
