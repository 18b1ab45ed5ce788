package dev.migrator.micronaut;

import dev.migrator.migration.MigrationException;
import dev.migrator.report.MigrationReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a data source's migrations so far.
 *
 * @param state how far its boot is
 * @param since when it came to this state, by the clock of this machine
 * @param progress how far a run is, in the boot or later; {@code null} while none is under way
 * @param report what the last run did that ended well, in the boot or later; {@code null} when there was none
 * @param failure why the boot failed, or what it waits for; {@code null} otherwise
 */
public record BootStatus(
    BootState state,
    Instant since,
    @Nullable BootProgress progress,
    @Nullable MigrationReport report,
    @Nullable MigrationException failure) {

  static BootStatus in(BootState state) {
    return new BootStatus(state, Instant.now(), null, null, null);
  }

  BootStatus to(BootState next, @Nullable MigrationException why) {
    return new BootStatus(next, Instant.now(), progress, report, why);
  }

  BootStatus progressing(@Nullable BootProgress now) {
    return new BootStatus(state, since, now, report, failure);
  }

  BootStatus reporting(MigrationReport last) {
    return new BootStatus(state, since, null, last, failure);
  }
}
