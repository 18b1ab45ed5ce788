package dev.migrator.internal.inspect;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which lock modes exclude each other (PostgreSQL manual, table 13.2); names as {@code pg_locks.mode} has them. */
final class LockConflicts {

  private static final List<String> MODES = List.of(
      "AccessShareLock",
      "RowShareLock",
      "RowExclusiveLock",
      "ShareUpdateExclusiveLock",
      "ShareLock",
      "ShareRowExclusiveLock",
      "ExclusiveLock",
      "AccessExclusiveLock");

  private static final Map<String, Set<String>> CONFLICTS = Map.of(
      MODES.get(0), from(7),
      MODES.get(1), from(6),
      MODES.get(2), from(4),
      MODES.get(3), from(3),
      MODES.get(4), Set.of(MODES.get(2), MODES.get(3), MODES.get(5), MODES.get(6), MODES.get(7)),
      MODES.get(5), from(2),
      MODES.get(6), from(1),
      MODES.get(7), from(0));

  private LockConflicts() {}

  /** Whether who wants the one must wait for who has the other; a mode that nobody knows is taken to conflict. */
  static boolean between(String wanted, String held) {
    Set<String> conflicts = CONFLICTS.get(wanted);
    return conflicts == null || !CONFLICTS.containsKey(held) || conflicts.contains(held);
  }

  private static Set<String> from(int weakest) {
    return Set.copyOf(MODES.subList(weakest, MODES.size()));
  }
}
