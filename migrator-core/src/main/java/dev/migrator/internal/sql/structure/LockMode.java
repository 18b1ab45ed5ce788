package dev.migrator.internal.sql.structure;

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
