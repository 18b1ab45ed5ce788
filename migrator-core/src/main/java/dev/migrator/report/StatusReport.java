package dev.migrator.report;

import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.MigrationState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every migration that is known, resolved or applied, in the order of application and then of version.
 *
 * @param database the database
 * @param schema the schema of the tracking table, or where it would be created
 * @param tracked whether the tracking table exists
 * @param migrations the migrations
 * @param notes what an operator should know and what no state tells: files that look like scripts and do not run,
 *     repeatable scripts that are passed by
 */
public record StatusReport(
    String database,
    String schema,
    boolean tracked,
    List<MigrationStatus> migrations,
    List<String> notes) {

  /** Keeps copies. */
  public StatusReport {
    migrations = List.copyOf(migrations);
    notes = List.copyOf(notes);
  }

  /** The latest applied migration that has a version, by order of application, or {@code null} when none is. */
  public @Nullable MigrationStatus current() {
    MigrationStatus latest = null;
    for (MigrationStatus status : migrations) {
      if (status.rank() > 0
          && status.migration().kind() != MigrationKind.REPEATABLE
          && (latest == null || status.rank() > latest.rank())) {
        latest = status;
      }
    }
    return latest;
  }

  /** How many migrations are in a state. */
  public long count(MigrationState state) {
    return migrations.stream().filter(m -> m.state() == state).count();
  }
}
