package dev.migrator;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.HeaderReader;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.ChangeLog;
import dev.migrator.report.ScriptHeader;
import java.util.function.Consumer;

/** Collects what the scripts say of themselves in their first comments. Needs no database. */
public final class ChangeLogReader {

  private ChangeLogReader() {}

  /**
   * Reads the migrations of an application.
   *
   * @param settings tells a builder where they are
   * @throws MigrationException what concerns locations and scripts
   */
  public static ChangeLog read(Consumer<MigrationEngineBuilder> settings) {
    MigrationEngineBuilder builder = MigrationEngine.builder();
    settings.accept(builder);
    return new ChangeLog(builder.sources().takeScripts().migrations().stream()
        .map(ChangeLogReader::entry)
        .toList());
  }

  private static ChangeLog.Entry entry(Resolved resolved) {
    ScriptHeader header = resolved instanceof ResolvedMigration scripts
        ? HeaderReader.read(scripts.script().text())
        : ScriptHeader.NONE;
    return new ChangeLog.Entry(resolved.migration(), header, resolved.hasRollback());
  }
}
