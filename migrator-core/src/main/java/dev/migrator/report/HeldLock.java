package dev.migrator.report;

import dev.migrator.migration.SourcePosition;
import java.time.Duration;

/**
 * A strong lock that a migration took on a relation that was there before it: one that stops those who write, or even those
 * who read.
 *
 * @param relation the table, view, index or sequence, as the script names it
 * @param mode the strongest mode in which the migration locked it, by the text of its statements; code and triggers are not
 *     looked into, nor what the catalog adds, such as the other table of a foreign key that is dropped
 * @param held for how long others may have had to wait: at most this long. It begins when the first statement that needs the
 *     lock was sent to run, for others queue behind a lock that is waited for, and ends when the client has the answer to
 *     the commit. An attempt that was rolled back, because it met the locks of others, does not count
 * @param position the first statement that needs it
 */
public record HeldLock(String relation, LockMode mode, Duration held, SourcePosition position) {}
