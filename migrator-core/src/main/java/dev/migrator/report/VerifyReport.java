package dev.migrator.report;

import dev.migrator.migration.FailureCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a verification on throw-away databases found out.
 *
 * @param server the server that they were on, in words, for example {@code embedded PostgreSQL 17.11}
 * @param migrations every migration, in the order of application
 * @param checks what was tried with all of them together: the whole chain down to an empty database, a second run that
 *     must do nothing, applying all again
 * @param notes what a reader should know, for example objects that depend on the clock
 * @param duration how long it took
 */
public record VerifyReport(
    String server,
    List<VerifiedMigration> migrations,
    List<Check> checks,
    List<String> notes,
    Duration duration) {

  /** Keeps copies. */
  public VerifyReport {
    migrations = List.copyOf(migrations);
    checks = List.copyOf(checks);
    notes = List.copyOf(notes);
  }

  /** Whether a build may go on. */
  public boolean passed() {
    return migrations.stream().allMatch(VerifiedMigration::passed)
        && checks.stream().allMatch(Check::passed);
  }

  /** What a process ends with for it; nothing when it passed. */
  public Optional<FailureCode> failure() {
    if (passed()) {
      return Optional.empty();
    }
    return Optional.of(
        migrations.stream().anyMatch(m -> m.verdict() == RollbackVerdict.UP_FAILS)
            ? FailureCode.MIGRATION_FAILED
            : FailureCode.ROLLBACK_UNPROVED);
  }

  /**
   * Something that was tried with all migrations together.
   *
   * @param name what, in words
   * @param result what came of it
   * @param why the reason, where it did not pass; else empty
   * @param took how long it took
   */
  public record Check(String name, Result result, String why, Duration took) {

    /** Whether a build may go on. */
    public boolean passed() {
      return result != Result.FAILED;
    }
  }

  /** What came of a check. */
  public enum Result {
    /** It holds. */
    PASSED,
    /** It does not hold. */
    FAILED,
    /** It could not be tried, for example because a migration has no down script. */
    SKIPPED
  }
}
