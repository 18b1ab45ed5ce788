package dev.migrator.internal.plan;

import dev.migrator.internal.source.Resolved;
import dev.migrator.internal.source.ResolvedMigration;
import dev.migrator.internal.sql.Statement;
import dev.migrator.migration.AppliedMigration;
import dev.migrator.migration.Checksum;
import dev.migrator.migration.JournalEntry;
import dev.migrator.migration.JournalEntry.Progress;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.MigrationKind;
import dev.migrator.migration.Mismatch;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds where a step goes on that stopped half-way, from its journal and its statements as they are now. Pure. */
final class Resumption {

  private final AppliedMigration row;
  private final List<JournalEntry> journal;
  private final int finished;

  /** What the journal says of the first statement that is not done; {@code null} when that was not begun. */
  private final @Nullable JournalEntry begun;

  /** @param whole the migration's journal: what belongs to another action than the row's is left out */
  Resumption(AppliedMigration row, List<JournalEntry> whole) {
    this.row = row;
    this.journal = whole.stream().filter(e -> e.action() == row.action()).toList();
    int done = 0;
    while (done < journal.size()
        && journal.get(done).ordinal() == done + 1
        && journal.get(done).isFinished()) {
      done++;
    }
    this.finished = done;
    this.begun =
        done < journal.size() && journal.get(done).ordinal() == done + 1 ? journal.get(done) : null;
  }

  /** The first statement that is not done, if it was begun; {@code null} when it was not. */
  @Nullable
  JournalEntry begun() {
    return begun;
  }

  /** Where it goes on, or why it does not by itself. */
  sealed interface Finding {

    /** It does. */
    record GoesOn(Resume resume) implements Finding {}

    /** It does not. */
    record Stuck(Mismatch mismatch) implements Finding {}
  }

  /**
   * Of a migration.
   *
   * @throws MigrationException when its script cannot be read
   */
  Finding of(Resolved migration, OwnObjects own) {
    return migration instanceof ResolvedMigration scripts
        ? of(Step.statements(scripts.script(), own))
        : ofCode();
  }

  /** Of a script; a repeatable one that is another now begins again, for it is made to run again. */
  Finding of(List<Statement> statements) {
    boolean repeatable = row.migration().kind() == MigrationKind.REPEATABLE;
    for (int i = 0; i < finished; i++) {
      if (isOther(statements, journal.get(i))) {
        if (repeatable) {
          return new Finding.GoesOn(new Resume(
              0, statements.size(), begun == null ? null : new Resume.Begun(begun, true)));
        }
        return stuck(Disagreements.editedBehind(row, i + 1, finished));
      }
    }
    boolean edited = begun != null && isOther(statements, begun);
    if (begun != null && begun.progress() == Progress.BEGUN && !(repeatable && edited)) {
      if (edited) {
        return stuck(Disagreements.editedWhileOpen(row, begun.ordinal()));
      }
      Statement open = statements.get(begun.ordinal() - 1);
      if (Evidence.of(open.structure()) instanceof Evidence.None) {
        return stuck(
            Disagreements.unknown(row, "statement " + begun.ordinal() + " at " + open.position()));
      }
    }
    return new Finding.GoesOn(new Resume(
        finished,
        statements.size(),
        begun == null ? null : new Resume.Begun(begun, edited),
        journal.stream()
            .limit(finished)
            .collect(Collectors.toMap(JournalEntry::ordinal, JournalEntry::settings))));
  }

  /** Of code, which is one statement to the journal, and of which nothing but its end tells whether it has happened. */
  Finding ofCode() {
    if (finished == 0 && (begun == null || begun.progress() == Progress.BEGUN)) {
      return stuck(
          begun == null
              ? Disagreements.partial(row.migration(), row)
              : Disagreements.unknown(row, "the code of " + row.migration().script()));
    }
    return new Finding.GoesOn(new Resume(Math.min(finished, 1), 1, null));
  }

  private static boolean isOther(List<Statement> statements, JournalEntry entry) {
    return entry.ordinal() > statements.size()
        || !Checksum.of(statements.get(entry.ordinal() - 1).text())
            .value()
            .equals(entry.checksum());
  }

  private static Finding stuck(Mismatch mismatch) {
    return new Finding.Stuck(mismatch);
  }
}
