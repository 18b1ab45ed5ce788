package dev.migrator.report;

import java.util.List;

/**
 * The latest rows of the audit history.
 *
 * @param database the database
 * @param schema the schema of the history, or where it would be created
 * @param entries the rows, newest first
 * @param complete whether there are no older ones that were asked for
 * @param notes what an operator should know
 */
public record HistoryReport(
    String database,
    String schema,
    List<HistoryEntry> entries,
    boolean complete,
    List<String> notes) {

  /** Keeps copies. */
  public HistoryReport {
    entries = List.copyOf(entries);
    notes = List.copyOf(notes);
  }
}
