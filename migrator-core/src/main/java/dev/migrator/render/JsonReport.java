package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationValidationException;
import dev.migrator.migration.Mismatch;
import dev.migrator.migration.SourcePosition;
import dev.migrator.report.HeldLock;
import dev.migrator.report.IndexReport;
import dev.migrator.report.LockMode;
import dev.migrator.report.LockTime;
import dev.migrator.report.MigrationPlan;
import dev.migrator.report.MigrationReport;
import dev.migrator.report.MigrationStatus;
import dev.migrator.report.PlannedStep;
import dev.migrator.report.ReportStep;
import dev.migrator.report.SchemaCheck;
import dev.migrator.report.SchemaFingerprint;
import dev.migrator.report.StatusReport;
import dev.migrator.report.ValidationReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reports as machines read them: one JSON object and a newline, keys always there and in the same order.
 *
 * <p>The key {@code type} tells which object it is. Times are ISO 8601 in UTC, durations whole milliseconds with the unit in
 * the key, states and actions in lower case, absent values {@code null}. Later versions add keys and never change one.
 */
public final class JsonReport {

  /** The exit code of a failure that is no {@link MigrationException}: a defect, or a broken machine. */
  private static final int UNEXPECTED = 2;

  private JsonReport() {}

  /** What an operation did. */
  public static String of(MigrationReport report) {
    SchemaCheck check = report.schemaCheck();
    return JsonText.document(
        "report",
        json -> json.put("runId", report.runId().toString())
            .put("action", report.action().stored())
            .put("database", report.database())
            .put("schema", report.schema())
            .put("environment", report.environment())
            .put("upToDate", report.isUpToDate())
            .put("durationMs", report.duration().toMillis())
            .objects("steps", report.steps(), JsonReport::step)
            .strings("notes", redacted(report.notes()))
            .objects("future", report.future(), JsonReport::identity)
            .objects("locks", report.locks(), JsonReport::lock)
            .put("schemaFingerprint", text(check == null ? null : check.now()))
            .put("schemaExpected", text(check == null ? null : check.expected()))
            .object("lint", report.safety().lint(), LintJson::content)
            .object("backup", report.safety().backup(), BackupJson::content)
            .object("preflight", report.safety().preflight(), CheckJson::content)
            .object("postflight", report.safety().postflight(), CheckJson::content));
  }

  /** What a run would do. */
  public static String of(MigrationPlan plan) {
    return JsonText.document("plan", json -> plan(json, plan));
  }

  static void plan(JsonText json, MigrationPlan plan) {
    json.put("schema", plan.schema())
        .put("environment", plan.environment())
        .put("upToDate", plan.isEmpty())
        .objects("steps", plan.steps(), JsonReport::step)
        .strings("notes", redacted(plan.notes()))
        .objects("future", plan.future(), JsonReport::identity)
        .put("digest", plan.isEmpty() ? null : plan.digest());
  }

  /** Every migration with its state. */
  public static String of(StatusReport status) {
    MigrationStatus current = status.current();
    return JsonText.document(
        "status",
        json -> json.put("database", status.database())
            .put("schema", status.schema())
            .put("tracked", status.tracked())
            .put("current", current == null ? null : current.migration().id())
            .objects("migrations", status.migrations(), JsonReport::migration)
            .strings("notes", redacted(status.notes())));
  }

  /** Whether scripts and database agree. */
  public static String of(ValidationReport report) {
    return JsonText.document(
        "validation",
        json -> json.put("valid", report.isValid())
            .objects("mismatches", report.mismatches(), JsonReport::mismatch)
            .strings("notes", redacted(report.notes()))
            .objects("pending", report.pending(), JsonReport::identity));
  }

  /** The index that was written. */
  public static String of(IndexReport report) {
    return JsonText.document(
        "index",
        json -> json.put("file", report.file().toString())
            .put("migrations", report.migrations())
            .strings("notes", redacted(report.notes())));
  }

  /** Why an operation ended without success. */
  public static String of(MigrationException failure) {
    SourcePosition position = failure.position().orElse(null);
    List<Mismatch> mismatches = failure instanceof MigrationValidationException validation
        ? validation.mismatches()
        : List.of();
    return JsonText.document(
        "failure",
        json -> json.put("code", failure.code().name())
            .put("exitCode", failure.code().exitCode())
            .put("message", SafeText.of(failure))
            .put("file", position == null ? null : position.script())
            .put("line", position == null ? null : Long.valueOf(position.line()))
            .put("column", position == null ? null : Long.valueOf(position.column()))
            .put("sqlState", failure.sqlState().orElse(null))
            .objects("applied", failure.applied(), JsonReport::identity)
            .objects("mismatches", mismatches, JsonReport::mismatch)
            .put("advice", absentWhenEmpty(failure.advice()))
            .put("backup", failure.backup().map(Path::toString).orElse(null)));
  }

  /** The same object for a failure that nobody foresaw; its code is {@code UNEXPECTED}. */
  public static String ofUnexpected(Throwable failure) {
    return JsonText.document(
        "failure",
        json -> json.put("code", "UNEXPECTED")
            .put("exitCode", UNEXPECTED)
            .put("message", SafeText.of(failure))
            .put("file", (String) null)
            .put("line", (Long) null)
            .put("column", (Long) null)
            .put("sqlState", (String) null)
            .objects("applied", List.<Migration>of(), JsonReport::identity)
            .objects("mismatches", List.<Mismatch>of(), JsonReport::mismatch)
            .put("advice", (String) null)
            .put("backup", (String) null));
  }

  static void identity(JsonText json, Migration migration) {
    json.put("id", migration.id())
        .put("version", migration.version().text())
        .put("name", migration.name())
        .put("kind", migration.kind().stored())
        .put("script", absentWhenEmpty(migration.script()));
  }

  private static void step(JsonText json, ReportStep step) {
    identity(json, step.migration());
    json.put("action", step.action().stored())
        .put("statements", step.statements())
        .put("transactional", step.transactional())
        .put("durationMs", step.duration().toMillis())
        .strings("notices", redacted(step.notices()))
        .strings("leaked", step.leaked())
        .put("remark", absentWhenEmpty(step.remark()))
        .objects("locks", step.locks(), JsonReport::lock);
  }

  private static void lock(JsonText json, HeldLock lock) {
    json.put("relation", lock.relation())
        .put("mode", mode(lock.mode()))
        .put("heldMs", lock.held().toMillis())
        .put("file", lock.position().script())
        .put("line", lock.position().line());
  }

  private static void lock(JsonText json, LockTime lock) {
    json.put("relation", lock.relation())
        .put("mode", mode(lock.mode()))
        .put("heldMs", lock.held().toMillis())
        .put("migrations", lock.migrations());
  }

  private static void step(JsonText json, PlannedStep step) {
    identity(json, step.migration());
    json.put("action", step.action().stored())
        .put("statements", step.statements())
        .put("transactional", step.transactional())
        .put("reason", absentWhenEmpty(step.reason()))
        .put("from", step.from());
  }

  private static void migration(JsonText json, MigrationStatus status) {
    Instant appliedAt = status.appliedAt();
    String error = status.errorMessage();
    identity(json, status.migration());
    json.put("state", state(status.state()))
        .put("rank", status.rank() == 0 ? null : Long.valueOf(status.rank()))
        .put("appliedAt", appliedAt == null ? null : appliedAt.toString())
        .put("executionTimeMs", status.executionTimeMs())
        .put("appliedBy", status.appliedBy())
        .put("rollback", status.rollback())
        .put("errorMessage", error == null ? null : Redaction.redact(error));
  }

  private static void mismatch(JsonText json, Mismatch mismatch) {
    identity(json, mismatch.migration());
    json.put("state", state(mismatch.state()))
        .put("problem", Redaction.redact(mismatch.problem()))
        .put("advice", mismatch.advice());
  }

  /** The constant in lower case, for example {@code out_of_order}. */
  private static String state(MigrationState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static String mode(LockMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private static List<String> redacted(List<String> lines) {
    return lines.stream().map(Redaction::redact).toList();
  }

  private static @Nullable String absentWhenEmpty(String text) {
    return text.isEmpty() ? null : text;
  }

  private static @Nullable String text(@Nullable SchemaFingerprint fingerprint) {
    return fingerprint == null ? null : fingerprint.toString();
  }
}
