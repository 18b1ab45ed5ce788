package dev.migrator.micronaut.operate;

import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.report.StatusReport;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a data source stood when somebody last looked.
 *
 * @param status every migration with its state; {@code null} when it could not be read
 * @param failure why it could not be read; {@code null} when it could
 */
public record Standing(
    @Nullable StatusReport status, @Nullable MigrationException failure) {

  private static final Set<MigrationState> PENDING =
      Set.of(MigrationState.PENDING, MigrationState.FAILED, MigrationState.OUT_OF_ORDER);

  private static final Set<MigrationState> DIRTY = Set.of(
      MigrationState.FAILED,
      MigrationState.PARTIALLY_APPLIED,
      MigrationState.EDITED,
      MigrationState.MISSING);

  /** Whether it is still to be applied. */
  public static boolean isPending(MigrationState state) {
    return PENDING.contains(state);
  }

  /** How many migrations are to be applied; -1 when that is unknown. */
  public long pending() {
    return count(PENDING);
  }

  /** How many failed, stopped half-way, were edited or lost their script; -1 when that is unknown. */
  public long dirty() {
    return count(DIRTY);
  }

  private long count(Set<MigrationState> states) {
    return status == null
        ? -1
        : status.migrations().stream().filter(m -> states.contains(m.state())).count();
  }
}
