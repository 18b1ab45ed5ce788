package dev.migrator;

import dev.migrator.config.Restore;
import dev.migrator.internal.backup.DatabaseDump;
import dev.migrator.internal.backup.DatabaseRestore;
import dev.migrator.internal.backup.ServerMoment;
import dev.migrator.internal.backup.SignOfLife;
import dev.migrator.internal.execute.Watch;
import dev.migrator.internal.history.BackupRecords;
import dev.migrator.internal.history.History;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.DriverDataSource;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.BackupReport;
import dev.migrator.report.RestoreReport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups that somebody asks for, and what is brought back. Takes no lock: a dump sees one moment of the database. */
record Archive(Settings settings, Watch watch) {

  private static final Logger LOG = LoggerFactory.getLogger(MigrationEngine.class);

  BackupReport backup() {
    try (Session session = Session.open(
        settings.database().connections() == null
            ? settings.database().dataSource()
            : DriverDataSource.to(settings.database().connections()))) {
      DatabaseDump dump = DatabaseDump.of(
          settings.safeguards().backup(),
          settings.database().connections(),
          ServerMoment.of(session).major());
      BackupReport report =
          dump.take(session, SignOfLife.with(() -> watch.check(List.of()), session));
      record(session, report);
      return report;
    }
  }

  /** A backup is one also where nobody may write it down: on a standby, without tracking tables. */
  private void record(Session session, BackupReport report) {
    try {
      History history = settings.locate(session);
      if (history.located().exists() && history.located().inHouse() == null) {
        session.stepwise(
            List.of(BackupRecords.taken(history.names(), settings.newAttempt(), report)));
      }
    } catch (MigrationException | CommandFailedException e) {
      LOG.warn("The backup was not written to the history: {}", e.getMessage());
    }
  }

  RestoreReport restore(Restore request) {
    DatabaseRestore restore = DatabaseRestore.of(request, settings.database().connections());
    if (request.target() instanceof Restore.Target.InPlace) {
      new ProductionGate(settings)
          .pass("put " + restore.fileName() + " in the place of " + restore.database());
    }
    return restore.perform(
        request.checksum() == null ? recorded(restore.fileName()) : null,
        () -> watch.check(List.of()));
  }

  /** What the history of the database says of a backup; nothing where the database is gone. */
  private @Nullable String recorded(String file) {
    try (Session session = Session.open(settings.database().dataSource())) {
      return settings.locate(session).backupChecksum(file);
    } catch (MigrationException | CommandFailedException e) {
      LOG.debug("The history could not be asked for the checksum", e);
      return null;
    }
  }
}
