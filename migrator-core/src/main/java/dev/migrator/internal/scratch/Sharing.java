package dev.migrator.internal.scratch;

import dev.migrator.report.OutsideEffect;
import java.util.Set;

/** Whether others use the server of a throw-away database: what leaves the database reaches them. */
public enum Sharing {
  /** Others use it. */
  SHARED,
  /** It was started for this and ends with it. Files, programs and other servers stay out of bounds. */
  OWN;

  /** Whether none of the effects does harm to anything that is not thrown away. */
  public boolean admits(Set<OutsideEffect> effects) {
    return this == SHARED ? effects.isEmpty() : effects.stream().allMatch(Sharing::endsWithServer);
  }

  private static boolean endsWithServer(OutsideEffect effect) {
    return switch (effect) {
      case ROLE, TABLESPACE, DATABASE, SERVER_CONFIGURATION, PREPARED_TRANSACTION -> true;
      case SUBSCRIPTION, FOREIGN_SERVER, SERVER_FILE, PROGRAM -> false;
    };
  }
}
