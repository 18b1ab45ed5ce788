package dev.migrator.internal.plan;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedCode;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import dev.migrator.migration.MigrationState;
import dev.migrator.migration.MigrationVersion;
import dev.migrator.migration.Mismatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the disagreements of scripts and tracking table into words, each with what to do. */
final class Disagreements {

  private Disagreements() {}

  static Mismatch edited(Resolved migration, AppliedMigration row, Checksum recorded) {
    Migration identity = migration.migration();
    boolean renamed = !identity.name().equals(row.migration().name());
    return new Mismatch(
        MigrationState.EDITED,
        identity,
        renamed
            ? identity.script() + " has the version of the applied migration "
                + row.migration().label() + ", and another content."
            : identity.script()
                + (migration instanceof ResolvedCode
                    ? " declares another checksum than when it was applied (it was "
                    : " was edited after it was applied (checksum was ")
                + recorded.abbreviated() + ", is " + migration.checksum().abbreviated() + ").",
        "Restore the file and write the change as a new migration; in development only, accept the edit with repair.");
  }

  /** One line, for a table that another tool has written may have hundreds of them. */
  static String incomparable(String algorithm, List<String> labels) {
    String rest = labels.size() > 3 ? " and " + (labels.size() - 3) + " more" : "";
    return String.join(", ", labels.subList(0, Math.min(3, labels.size()))) + rest
        + (labels.size() == 1
            ? ": its checksum was recorded by algorithm '"
            : ": their checksums were recorded by algorithm '")
        + algorithm + "' and cannot be compared.";
  }

  /** One that cannot go on by itself, because nothing tells how far it came. */
  static Mismatch partial(Migration migration, AppliedMigration row) {
    return stoppedHalfWay(
        row,
        migration,
        errorOf(row) + ".",
        row.action() == AppliedMigration.Action.APPLY
            ? "See what it did, undo it by hand, then repair: the next run begins it again."
            : "Undo by hand what was rolled back, then repair: it counts as applied again and can be rolled back again.");
  }

  /** A migration that could go on, and has no script any more. */
  static Mismatch partialWithoutScript(AppliedMigration row) {
    return stoppedHalfWay(
        row,
        row.migration(),
        errorOf(row) + ", and no location holds " + row.migration().script() + ".",
        "Restore the file: the next run goes on where it stopped. Or undo by hand what its finished statements did (the"
            + " journal table lists them), then repair: it is forgotten.");
  }

  /** A rollback that can go on. To undo what remains is nothing that a start of the application may decide. */
  static Mismatch halfRolledBack(Migration migration, AppliedMigration row) {
    return stoppedHalfWay(
        row,
        migration,
        errorOf(row) + ".",
        "Call rollback again: it goes on where it stopped. Or undo by hand what the down script had done, then repair: it"
            + " counts as applied again.");
  }

  /** A migration that should go on before anything is rolled back. */
  static Mismatch unfinished(Migration migration, AppliedMigration row) {
    return stoppedHalfWay(
        row,
        migration,
        errorOf(row) + ", and its down script undoes the whole of it.",
        "Run migrate: it goes on where it stopped; then roll it back. Or undo by hand what it did, then repair: it counts as"
            + " not applied.");
  }

  static Mismatch editedBehind(AppliedMigration row, int ordinal, int finished) {
    return stoppedHalfWay(
        row,
        row.migration(),
        "it was edited since in what has run already: statement " + ordinal + " of the " + finished
            + " that are done is another one now.",
        "Restore them; what comes after them may change. The next run goes on behind them.");
  }

  static Mismatch editedWhileOpen(AppliedMigration row, int ordinal) {
    return stoppedHalfWay(
        row,
        row.migration(),
        "statement " + ordinal
            + " was begun, nobody saw its end, and it was edited since, so nothing can be asked about it.",
        "Restore it, and the next run finds out. Or look yourself: " + commands(row));
  }

  static Mismatch unknown(AppliedMigration row, String statement) {
    return stoppedHalfWay(
        row,
        row.migration(),
        "nobody can tell whether " + statement + " has happened: " + errorOf(row) + ".",
        "Look what it did: " + commands(row));
  }

  private static String commands(AppliedMigration row) {
    return "if it has happened, " + Resume.command(row.migration(), "done")
        + "; if it has not, or was undone, " + Resume.command(row.migration(), "again")
        + ". Then run again.";
  }

  private static Mismatch stoppedHalfWay(
      AppliedMigration row, Migration migration, String problem, String advice) {
    return new Mismatch(
        MigrationState.PARTIALLY_APPLIED,
        migration,
        (row.action() == AppliedMigration.Action.APPLY
                ? "stopped half-way, without a transaction: "
                : "its rollback stopped half-way, without a transaction: ")
            + problem,
        advice);
  }

  /** The error of the last attempt, in words that a period follows. */
  static String errorOf(AppliedMigration row) {
    String error = row.errorMessage();
    return error == null
        ? "it did not come to its end"
        : error.endsWith(".") ? error.substring(0, error.length() - 1) : error;
  }

  static Mismatch outOfOrder(Migration migration, String latest) {
    return new Mismatch(
        MigrationState.OUT_OF_ORDER,
        migration,
        "is not applied, but the later version " + latest + " is, or has begun.",
        "Give it a version above " + latest
            + ", or allow it (OutOfOrderPolicy.APPLY, --out-of-order apply).");
  }

  static Mismatch noWayTo(Migration baseline, @Nullable MigrationVersion latest) {
    return new Mismatch(
        MigrationState.MISSING,
        baseline,
        "stands for every version up to " + baseline.version() + ", and this database has come "
            + (latest == null ? "to none of them" : "to " + latest + " only")
            + ": a baseline script does not run where something was applied, and no location holds a script of version "
            + baseline.version() + ".",
        "Restore the scripts up to " + baseline.version()
            + ", or migrate this database with a release that has them; if nothing lies between, allow it"
            + " (MissingPolicy.TOLERATE, --missing tolerate).");
  }

  static Mismatch missing(AppliedMigration row) {
    Checksum recorded = row.checksum();
    if (recorded != null && recorded.algorithm().equals(Checksum.EXPLICIT)) {
      return new Mismatch(
          MigrationState.MISSING,
          row.migration(),
          "is applied, but its class " + row.migration().script()
              + " is not among the Java migrations.",
          "Hand the class to the engine again (javaMigrations), or allow it (MissingPolicy.TOLERATE, --missing tolerate).");
    }
    return new Mismatch(
        MigrationState.MISSING,
        row.migration(),
        "is applied, but no location holds "
            + (row.migration().script().isEmpty()
                ? "a script of its version"
                : row.migration().script())
            + ".",
        "Restore the file, or allow it (MissingPolicy.TOLERATE, --missing tolerate).");
  }
}
