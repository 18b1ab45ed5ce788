package dev.migrator.internal.sql;

import dev.migrator.internal.sql.structure.Detail;
import dev.migrator.internal.sql.structure.Family;

/** What a recogniser found, before the rules that need the whole statement are applied. */
record Draft(Family family, String command, Detail detail) {
  static final Draft UNKNOWN = new Draft(Family.UNKNOWN, "", new Detail.Unknown());
}
