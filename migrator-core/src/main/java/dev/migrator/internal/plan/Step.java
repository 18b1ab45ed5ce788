package dev.migrator.internal.plan;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.source.Script;
import dev.migrator.internal.sql.Directives.Irreversible;
import dev.migrator.internal.sql.ParsedScript;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.FailureCode;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationException;
import dev.migrator.report.Action;
import dev.migrator.report.PlannedStep;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One migration to apply or roll back, its script parsed.
 *
 * @param action what to do
 * @param migration the migration
 * @param checksum of the work to do: the migration's own, or its down script's
 * @param work what runs
 * @param down the down script to keep for later; {@code null} when there is none, and for a rollback
 * @param again whether it is applied already and run once more
 * @param resume where it goes on, when it stopped half-way before; {@code null} when it begins
 */
public record Step(
    Action action,
    Migration migration,
    Checksum checksum,
    Work work,
    @Nullable DownScript down,
    boolean again,
    @Nullable Resume resume) {

  /** Whether it runs in one transaction: not when a part of it has run already, whatever its script says today. */
  public boolean isTransactional() {
    return resume == null && work.isTransactional();
  }

  /** How many of its statements have run already. */
  public int finished() {
    return resume == null ? 0 : resume.finished();
  }

  /**
   * A down script to keep.
   *
   * @param path its path within its location
   * @param text its content
   * @param checksum its checksum
   */
  public record DownScript(String path, String text, Checksum checksum) {}

  /**
   * A step that applies a migration.
   *
   * @param again whether it is applied already
   * @param continued where it goes on, and as what it is recorded; {@code null} when it begins
   * @throws dev.migrator.migration.MigrationException when one of its scripts cannot run
   */
  static Step apply(
      Resolved resolved, boolean again, OwnObjects own, Comparison.@Nullable Continued continued) {
    return continued == null
        ? apply(resolved.migration(), resolved, again, own, null)
        : apply(continued.migration(), resolved, again, own, continued.resume());
  }

  /**
   * A step for a migration that is applied already, under the identity by which it is recorded.
   *
   * @throws dev.migrator.migration.MigrationException when one of its scripts cannot run
   */
  static Step again(Migration recorded, Resolved resolved, OwnObjects own) {
    return apply(recorded, resolved, true, own, null);
  }

  private static Step apply(
      Migration migration,
      Resolved resolved,
      boolean again,
      OwnObjects own,
      @Nullable Resume resume) {
    if (resolved instanceof ResolvedCode code) {
      return new Step(Action.APPLY, migration, code.checksum(), work(code), null, again, resume);
    }
    ResolvedMigration scripts = (ResolvedMigration) resolved;
    ParsedScript parsed = scripts.script().parse();
    Work work = Work.Sql.of(parsed, own.passedOver(parsed));
    DownScript kept = null;
    Script down = scripts.down();
    if (down != null) {
      requireReversible(parsed, down);
      kept = new DownScript(down.path(), down.text(), down.checksum());
    }
    return new Step(Action.APPLY, migration, scripts.checksum(), work, kept, again, resume);
  }

  /** Refuses a down script for what cannot be rolled back: one of the two is wrong, and only its author knows which. */
  private static void requireReversible(ParsedScript up, Script down) {
    Irreversible ofTheDownScript = down.parse().directives().irreversible();
    if (ofTheDownScript != null) {
      throw refused(
          ofTheDownScript,
          "a down script cannot be irreversible; the script that it undoes can.",
          "write the directive there and remove the down script, or remove the directive.");
    }
    Irreversible irreversible = up.directives().irreversible();
    if (irreversible != null) {
      throw refused(
          irreversible,
          "it says 'irreversible because " + irreversible.reason() + "', and " + down.path()
              + " has its down script.",
          "remove the directive, or the down script.");
    }
  }

  private static MigrationException refused(
      Irreversible irreversible, String problem, String advice) {
    return MigrationException.because(FailureCode.SCRIPT_REFUSED, problem)
        .at(irreversible.position())
        .done("nothing was run.", List.of())
        .advice(advice)
        .build();
  }

  /**
   * A step that undoes a migration with a script.
   *
   * @param resume where it goes on; {@code null} when it begins
   * @throws dev.migrator.migration.MigrationException when the script cannot run
   */
  static Step rollback(Migration recorded, Script down, OwnObjects own, @Nullable Resume resume) {
    return new Step(
        Action.ROLLBACK, recorded, down.checksum(), downWork(down, own), null, false, resume);
  }

  /** The statements of a down script that run. */
  static List<Statement> downStatements(Script down, OwnObjects own) {
    return downWork(down, own).statements();
  }

  /** The statements of a script that run. */
  static List<Statement> statements(Script script, OwnObjects own) {
    ParsedScript parsed = script.parse();
    return Work.Sql.of(parsed, own.passedOver(parsed)).statements();
  }

  private static Work downWork(Script down, OwnObjects own) {
    ParsedScript parsed = down.parse();
    return Work.Sql.of(parsed, own.passedOverDown(parsed));
  }

  /** A step that undoes a migration with its own code. */
  static Step rollback(Migration recorded, ResolvedCode code, @Nullable Resume resume) {
    return new Step(Action.ROLLBACK, recorded, code.checksum(), work(code), null, false, resume);
  }

  private static Work work(ResolvedCode code) {
    return new Work.Code(code.code(), code.isTransactional());
  }

  /** What does not run of its script, in words that follow its label; empty when all of it runs. */
  public String remark() {
    if (!(work instanceof Work.Sql sql) || sql.passedOver().isEmpty()) {
      return "";
    }
    return sql.parsed().statements().isEmpty()
        ? "all of it is about the objects that Migrator keeps itself: nothing of it runs, and it is recorded"
        : "what is about the objects that Migrator keeps itself does not run: "
            + sql.passedOver().stream()
                .map(statement -> statement.position().toString())
                .collect(Collectors.joining(", "));
  }

  /** The step as a caller sees it. */
  PlannedStep planned() {
    return new PlannedStep(
        action,
        migration,
        work.statements().size(),
        isTransactional(),
        work.isTransactional() && resume != null
            ? "a part of it has run without one"
            : work.nonTransactionalReason(),
        resume == null ? 1 : resume.finished() + 1);
  }
}
