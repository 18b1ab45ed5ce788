package dev.migrator;

import dev.migrator.config.CheckPolicy;
import dev.migrator.config.Connections;
import dev.migrator.config.DestructivePolicy;
import dev.migrator.config.DriftPolicy;
import dev.migrator.config.Environment;
import dev.migrator.config.FailurePolicy;
import dev.migrator.config.Limits;
import dev.migrator.config.PartialPolicy;
import dev.migrator.config.Safeguards;
import dev.migrator.config.SchemaRecording;
import dev.migrator.config.TransactionMode;
import dev.migrator.internal.execute.Announcements;
import dev.migrator.internal.execute.Onlooker;
import dev.migrator.internal.history.Attempt;
import dev.migrator.internal.history.History;
import dev.migrator.internal.history.TrackingNames;
import dev.migrator.internal.inspect.Needs;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.internal.plan.Comparison;
import dev.migrator.internal.plan.Plan;
import dev.migrator.internal.schema.OwnObjects;
import dev.migrator.internal.schema.SnapshotScope;
import dev.migrator.report.Action;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Everything an engine was told, complete and checked.
 *
 * @param source where its migrations are
 * @param policies what it does with a folder and a history that do not match
 * @param onlooker looks at every statement; {@code null} where nobody does
 */
record Settings(
    Database database,
    Sources source,
    Tracking tracking,
    ScriptSession scripts,
    Permission permission,
    Comparison.Policies policies,
    Conduct conduct,
    SchemaWatch schemaWatch,
    Safeguards safeguards,
    Announcements announcements,
    @Nullable Onlooker onlooker) {

  /**
   * How to reach the database.
   *
   * @param connections its address and credentials; {@code null} where nobody gave them
   * @param direct leads past a pooler; {@code null} where the data source is the only way
   */
  record Database(
      DataSource dataSource,
      @Nullable Connections connections,
      @Nullable DataSource direct) {}

  /**
   * Where the tracking tables are.
   *
   * @param schema {@code null} for {@code current_schema()}
   * @param createSchema whether a schema that does not exist is created
   */
  record Tracking(@Nullable String schema, String table, boolean createSchema) {}

  /**
   * What every migration finds set in its session.
   *
   * @param searchPath empty for what the session has
   */
  record ScriptSession(List<String> searchPath, String timeZone) {}

  /**
   * Who changes what kind of database, and whether he may.
   *
   * @param confirmation what was confirmed for production
   * @param appliedBy who is recorded; asked for only when something is, because a host may take long to tell its name
   */
  record Permission(
      Environment environment, Confirmation confirmation, Supplier<String> appliedBy) {}

  /**
   * How a run goes about its work.
   *
   * @param partiallyApplied what it does with a migration that was left half-way
   * @param onFailure what it does with the migrations before one that fails
   * @param stepwise whether each statement is sent by itself
   */
  record Conduct(
      TransactionMode transactionMode,
      Duration lockWait,
      PartialPolicy partiallyApplied,
      FailurePolicy onFailure,
      Limits limits,
      boolean stepwise) {}

  /**
   * How the schema is watched.
   *
   * @param schemas which schemas count; empty for all
   * @param recording when its fingerprint is kept
   * @param keepSnapshots whether the whole snapshot is kept with it
   * @param drift what a run does when it is not what the run before it left
   */
  record SchemaWatch(
      List<String> schemas, SchemaRecording recording, boolean keepSnapshots, DriftPolicy drift) {}

  /** What names exactly a plan that runs with these settings. */
  String digest(Plan plan) {
    return plan.digest(conduct.transactionMode(), scripts.searchPath(), scripts.timeZone());
  }

  /**
   * The same for a throw-away database: nobody is asked, nobody is told, and nothing of it is recorded for later.
   *
   * @param migrations what there is to run
   */
  Settings onThrowAway(DataSource throwAway, Sources migrations) {
    return onThrowAway(throwAway, migrations, tracking.schema());
  }

  /**
   * The same for a throw-away database.
   *
   * @param trackingSchema the schema of its tracking tables; {@code null} for {@code current_schema()}
   */
  Settings onThrowAway(DataSource throwAway, Sources migrations, @Nullable String trackingSchema) {
    return new Settings(
        new Database(throwAway, null, null),
        migrations,
        new Tracking(trackingSchema, tracking.table(), trackingSchema != null),
        scripts,
        new Permission(Environment.TEST, Confirmation.GIVEN, permission.appliedBy()),
        policies,
        new Conduct(
            TransactionMode.PER_MIGRATION,
            conduct.lockWait(),
            PartialPolicy.RESUME,
            FailurePolicy.KEEP,
            conduct.limits(),
            false),
        new SchemaWatch(schemaWatch.schemas(), SchemaRecording.OFF, false, DriftPolicy.IGNORE),
        Safeguards.DEFAULT.destructive(DestructivePolicy.OFF),
        new Announcements(List.of()),
        null);
  }

  /** The same, with somebody who looks at every statement. */
  Settings watchedBy(Onlooker watcher) {
    return new Settings(
        database,
        source,
        tracking,
        scripts,
        permission,
        policies,
        conduct,
        schemaWatch,
        safeguards,
        announcements,
        watcher);
  }

  /** Whether what was confirmed lets a plan of its own pass in production. */
  boolean confirmed() {
    return permission.confirmation().covers(true, safeguards.review().phrase());
  }

  /** What a snapshot covers. */
  SnapshotScope scope(TrackingNames names) {
    return new SnapshotScope(
        schemaWatch.schemas(),
        new OwnObjects(
            names.schema(),
            Stream.of(names.records(), names.tables(), names.views())
                .flatMap(Set::stream)
                .collect(Collectors.toSet())));
  }

  /** What holds scripts against the rules. */
  Linter linter() {
    return new Linter(safeguards.lintRules(), conduct.limits().lockTimeout(), scripts.searchPath());
  }

  /** The tracking tables. */
  History locate(Session session) {
    return History.locate(session, tracking.schema(), tracking.table());
  }

  /** What the rows of one more run have in common. */
  Attempt newAttempt() {
    return new Attempt(UUID.randomUUID(), permission.appliedBy().get(), permission.environment());
  }

  /** What the checks before a run decide. */
  CheckPolicy preflight() {
    return safeguards.preflight().policy().in(permission.environment());
  }

  /** What the checks after a run decide. */
  CheckPolicy postflight() {
    return safeguards.postflight().policy().in(permission.environment());
  }

  /** What an operation will ask of the server. */
  Needs needs(Action action) {
    return new Needs(tracking.schema(), TrackingNames.privileges(tracking.table()), absent(action));
  }

  private Needs.Absent absent(Action action) {
    if (action != Action.APPLY && action != Action.BASELINE) {
      return Needs.Absent.LEFT;
    }
    return tracking.createSchema() ? Needs.Absent.CREATED_WITH_SCHEMA : Needs.Absent.CREATED;
  }
}
