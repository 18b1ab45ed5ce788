package dev.migrator.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureCodeTest {

  /** Scripts and pipelines decide by these: a line may be added here, and none may change. */
  @Test
  void namesAndExitCodesAreFrozen() {
    Map<String, Integer> codes = new LinkedHashMap<>();
    for (FailureCode code : FailureCode.values()) {
      codes.put(code.name(), code.exitCode());
    }
    assertThat(codes)
        .containsEntry("CONFIGURATION_INVALID", 5)
        .containsEntry("LOCATION_NOT_FOUND", 5)
        .containsEntry("LOCATION_EMPTY", 5)
        .containsEntry("SCRIPT_NAME_INVALID", 5)
        .containsEntry("DUPLICATE_VERSION", 5)
        .containsEntry("SCRIPT_UNREADABLE", 5)
        .containsEntry("SCRIPT_REFUSED", 5)
        .containsEntry("DATABASE_UNREACHABLE", 1)
        .containsEntry("CONNECTION_UNUSABLE", 1)
        .containsEntry("PRODUCTION_UNCONFIRMED", 1)
        .containsEntry("DESTRUCTION_BLOCKED", 1)
        .containsEntry("LINT_FAILED", 1)
        .containsEntry("LOCK_TIMEOUT", 1)
        .containsEntry("VALIDATION_FAILED", 1)
        .containsEntry("MIGRATIONS_PENDING", 1)
        .containsEntry("FOREIGN_HISTORY", 1)
        .containsEntry("FOREIGN_TABLE", 1)
        .containsEntry("TRACKING_TABLE_UNUSABLE", 1)
        .containsEntry("NOT_WRITABLE", 1)
        .containsEntry("SERVER_TOO_OLD", 1)
        .containsEntry("PRIVILEGES_MISSING", 1)
        .containsEntry("THROW_AWAY_DATABASE_UNAVAILABLE", 1)
        .containsEntry("DRY_RUN_FAILED", 2)
        .containsEntry("PREFLIGHT_FAILED", 1)
        .containsEntry("POSTFLIGHT_FAILED", 3)
        .containsEntry("MIGRATION_FAILED", 2)
        .containsEntry("LOCK_LOST", 2)
        .containsEntry("CONNECTION_LOST", 2)
        .containsEntry("INTERRUPTED", 2)
        .containsEntry("CANCELLED", 2)
        .containsEntry("OUT_OF_TIME", 2)
        .containsEntry("ROLLBACK_FAILED", 4)
        .containsEntry("ROLLBACK_IMPOSSIBLE", 4)
        .containsEntry("ROLLBACK_UNPROVED", 4)
        .containsEntry("SCHEMA_UNREADABLE", 1)
        .containsEntry("SCHEMA_DRIFTED", 1)
        .containsEntry("SCHEMA_NOT_RESTORED", 4)
        .containsEntry("SNAPSHOT_UNREADABLE", 5)
        .containsEntry("BACKUP_FAILED", 1)
        .containsEntry("BACKUP_DAMAGED", 1)
        .containsEntry("RESTORE_FAILED", 4)
        .hasSize(41);
  }
}
