package dev.migrator.micronaut;

import dev.migrator.migration.Migration;
import dev.migrator.report.Action;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is at this moment.
 *
 * @param runId the run's id, which its rows in the history carry; {@code null} while another process runs
 * @param action what was asked for; {@code null} as long as it waits for the lock
 * @param place the place of the present migration in the run, from 1; 0 before the first
 * @param of how many migrations the run has; 0 as long as it waits for the lock
 * @param migration the present migration; {@code null} before the first
 * @param since when the present migration, or the wait, began, by the clock of this machine
 * @param remark what it waits for, or how far an index is, in words; {@code null} when there is nothing to say
 */
public record BootProgress(
    @Nullable UUID runId,
    @Nullable Action action,
    int place,
    int of,
    @Nullable Migration migration,
    Instant since,
    @Nullable String remark) {

  /** In words, for example {@code 3 of 12, 0003 orders}. */
  public String words() {
    String where = migration == null
        ? (of == 0 ? "" : "0 of " + of)
        : place + " of " + of + ", " + migration.label();
    return remark == null ? where : where.isEmpty() ? remark : where + ": " + remark;
  }

  static BootProgress waiting(String remark, Instant since) {
    return new BootProgress(null, null, 0, 0, null, since, remark);
  }

  BootProgress remarking(@Nullable String what) {
    return new BootProgress(runId, action, place, of, migration, since, what);
  }
}
