package dev.migrator;

import dev.migrator.internal.source.JavaMigrations;
import dev.migrator.internal.source.MigrationSource;
import dev.migrator.internal.source.Resolution;
import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedCode;
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

  /**
   * What was found.
   *
   * @param migrations in order of version
   * @param notes what an operator should know
   */
  record All(List<? extends Resolved> migrations, List<String> notes) {}

  /** Finds the scripts. */
  All resolve() {
    Resolution found = scripts(scripts, mayBeCodeAlone);
    return new All(JavaMigrations.among(found.migrations(), code), found.notes());
  }

  private static Resolution scripts(MigrationSource source, boolean mayBeNone) {
    try {
      return source.resolve();
    } catch (MigrationException e) {
      if (mayBeNone
          && (e.code() == FailureCode.LOCATION_NOT_FOUND
              || e.code() == FailureCode.LOCATION_EMPTY)) {
        return new Resolution(List.of(), List.of());
      }
      throw e;
    }
  }
}
