package dev.migrator.report;

import dev.migrator.migration.Migration;
import java.util.List;

/**
 * What migrations say of themselves.
 *
 * @param entries every migration, in order of version; repeatable ones at the end
 */
public record ChangeLog(List<Entry> entries) {

  /** Keeps a copy. */
  public ChangeLog {
    entries = List.copyOf(entries);
  }

  /**
   * A migration.
   *
   * @param migration the migration
   * @param header the beginning of its script; {@link ScriptHeader#NONE} of one that is written in Java
   * @param hasDown whether it tells how it is undone
   */
  public record Entry(Migration migration, ScriptHeader header, boolean hasDown) {}
}
