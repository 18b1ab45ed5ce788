package dev.migrator.report;

import dev.migrator.migration.SourcePosition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server did for one statement, with what was there before its migration; what the migration itself made is nobody
 * else's yet.
 *
 * @param position where it begins
 * @param beginning how it begins, without literals
 * @param manner how it was looked at
 * @param locks the locks that it took, the strongest first; those that its transaction had before, it does not take
 * @param rewritten the tables and materialized views that got new files with their rows, and the indexes that were built anew
 * @param scans the tables that were read from end to end
 * @param created the indexes that it made on tables that were there
 * @param dropped the indexes that it dropped from tables that stay
 * @param invalid the indexes that it left INVALID
 * @param unseen what of it could not be seen, and why; empty when all was
 * @param duration how long it took there, which says little about a table with all its rows
 */
public record TracedStatement(
    SourcePosition position,
    String beginning,
    Manner manner,
    List<TracedLock> locks,
    List<TracedRelation> rewritten,
    List<TracedScan> scans,
    List<TracedRelation> created,
    List<TracedRelation> dropped,
    List<TracedRelation> invalid,
    String unseen,
    Duration duration) {

  /** How a statement was looked at. */
  public enum Manner {
    /** From inside its transaction, before and after it: every lock is seen. */
    INSIDE,
    /** From another session while it ran, because it cannot run in a transaction. */
    WATCHED
  }

  /** Keeps copies. */
  public TracedStatement {
    locks = List.copyOf(locks);
    rewritten = List.copyOf(rewritten);
    scans = List.copyOf(scans);
    created = List.copyOf(created);
    dropped = List.copyOf(dropped);
    invalid = List.copyOf(invalid);
  }

  /** The strongest of its locks; {@code null} when it took none. */
  public @Nullable TracedLock strongest() {
    return locks.isEmpty() ? null : locks.get(0);
  }
}
