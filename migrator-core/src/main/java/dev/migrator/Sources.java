package dev.migrator;

import dev.migrator.internal.source.JavaMigrations;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;

/**
 * Everything that an application has: scripts, and code.
 *
 * @param scripts where the scripts are
 * @param code the migrations written in Java
 * @param mayBeCodeAlone whether there need be no script, because nobody said where they are
 */
record Sources(MigrationSource scripts, List<ResolvedCode> code, boolean mayBeCodeAlone) {

  /** The migrations, in order of version. */
  List<? extends Resolved> resolve() {
    return JavaMigrations.among(scripts(scripts, mayBeCodeAlone), code);
  }

  private static List<ResolvedMigration> scripts(MigrationSource source, boolean mayBeNone) {
    try {
      return source.resolve();
    } catch (MigrationException e) {
      if (mayBeNone
          && (e.code() == FailureCode.LOCATION_NOT_FOUND
              || e.code() == FailureCode.LOCATION_EMPTY)) {
        return List.of();
      }
      throw e;
    }
  }
}
