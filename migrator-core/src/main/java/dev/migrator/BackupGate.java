package dev.migrator;

import dev.migrator.internal.backup.DatabaseDump;
import dev.migrator.internal.backup.ServerMoment;
import dev.migrator.internal.backup.SignOfLife;
import dev.migrator.internal.history.BackupRecords;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport;
import java.util.List;

/**
 * The backup before a run, where the settings ask for one: under the lock, when nothing else stands in the way, and before
 * anything of the plan runs. There is one for each operation, even where a lost connection makes its work begin again.
 */
record BackupGate(Held held) {

  /**
   * Refuses what cannot succeed before anybody waits for the lock: a program that is missing or too old, an address that is not
   * there. What the run will be refused for in any case is left to say so itself.
   *
   * @throws MigrationException {@code CONFIGURATION_INVALID}
   */
  static void prepare(Settings settings, Session session) {
    if (isOn(settings)
        && (settings.confirmed() || !settings.permission().environment().needsConfirmation())) {
      dump(settings, session);
    }
  }

  private static boolean isOn(Settings settings) {
    return settings.safeguards().backup().isOn(settings.permission().environment());
  }

  private static DatabaseDump dump(Settings settings, Session session) {
    return DatabaseDump.of(
        settings.safeguards().backup(),
        settings.database().connections(),
        ServerMoment.of(session).major());
  }

  /**
   * Takes the backup.
   *
   * @throws MigrationException {@code BACKUP_FAILED}, {@code CONFIGURATION_INVALID}, and what ends an operation
   */
  void pass() {
    Operation operation = held.operation();
    Settings settings = operation.settings();
    if (!isOn(settings) || operation.safety().backup() != null) {
      return;
    }
    DatabaseDump dump = dump(settings, held.session());
    SameDatabase.require(settings, held.session(), "the backup would be one of another");
    BackupReport report = dump.take(held.session(), watching(operation, held.session()));
    operation.safety(operation.safety().withBackup(report));
  }

  /** What a backup asks time and again: whether to stop, and whether the connection that holds the lock is still there. */
  static Runnable watching(Operation operation, Session session) {
    return SignOfLife.with(operation::check, session);
  }

  /** Writes the backup to the history, once there is one. */
  void record() {
    Operation operation = held.operation();
    BackupReport report = operation.safety().backup();
    if (report != null) {
      held.write(
          "writing to " + held.history().names(),
          List.of(BackupRecords.taken(held.history().names(), operation.attempt(), report)));
    }
  }
}
