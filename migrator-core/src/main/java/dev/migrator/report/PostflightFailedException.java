package dev.migrator.report;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.Serial;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A check after a run failed. The migrations are applied and stay; what was done is in {@link #report()}. */
public final class PostflightFailedException extends MigrationException {

  @Serial
  private static final long serialVersionUID = 1L;

  private final transient @Nullable MigrationReport report;

  /**
   * An exception for a run whose postflight failed.
   *
   * @param report what the run did
   * @param postflight the checks, at least one of which failed
   */
  public PostflightFailedException(MigrationReport report, CheckReport postflight) {
    super(because(FailureCode.POSTFLIGHT_FAILED, problem(postflight.failed().size()))
        .detail(postflight.failed().stream()
            .map(PostflightFailedException::lines)
            .collect(Collectors.joining("\n")))
        .done(done(report), report.migrations())
        .backup(backup(report))
        .advice(postflight.failed().stream()
            .map(result -> result.id() + ": " + result.advice())
            .collect(Collectors.joining("\n"))));
    this.report = report;
  }

  /** What the run did. */
  public MigrationReport report() {
    return Objects.requireNonNull(report);
  }

  /** A failed check as the lines of a message. */
  public static String lines(CheckResult result) {
    return Stream.concat(
            Stream.of("- " + result.id() + ": " + result.answer()),
            result.findings().stream().map(finding -> "  - " + finding))
        .collect(Collectors.joining("\n"));
  }

  private static String problem(int count) {
    return count == 1 ? "a check after the run failed:" : count + " checks after the run failed:";
  }

  private static @Nullable Path backup(MigrationReport report) {
    BackupReport backup = report.safety().backup();
    return backup == null ? null : backup.file();
  }

  private static String done(MigrationReport report) {
    return "everything was applied, and stays: "
        + report.steps().stream()
            .map(step -> step.migration().label())
            .collect(Collectors.joining(", "))
        + ".";
  }
}
