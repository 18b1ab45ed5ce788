package dev.migrator.report;

import java.util.Locale;

/** A table-level lock mode, weakest first (PostgreSQL manual, 13.3.1). */
public enum LockMode {
  ACCESS_SHARE,
  ROW_SHARE,
  ROW_EXCLUSIVE,
  SHARE_UPDATE_EXCLUSIVE,
  SHARE,
  SHARE_ROW_EXCLUSIVE,
  EXCLUSIVE,
  ACCESS_EXCLUSIVE;

  /** Whether it stops those who write, or even those who read: {@code SHARE} and everything above it. */
  public boolean isStrong() {
    return compareTo(SHARE) >= 0;
  }

  /** The stronger of two, by this order. Two modes that do not include each other count by the order too. */
  public LockMode strongest(LockMode other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** The name that {@code pg_locks.mode} shows. */
  public String catalogName() {
    StringBuilder name = new StringBuilder();
    for (String word : name().split("_")) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.append("Lock").toString();
  }

  @Override
  public String toString() {
    return name().replace('_', ' ');
  }
}
