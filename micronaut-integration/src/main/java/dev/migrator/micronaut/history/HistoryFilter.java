package dev.migrator.micronaut.history;

/**
 * Which entries of the history are wanted. Empty texts ask for all.
 *
 * @param text a part of version, name, who, environment or error, in upper or lower case
 * @param action what was done
 * @param status {@code success} or {@code failed}
 */
public record HistoryFilter(String text, String action, String status) {

  /** All of them. */
  public static final HistoryFilter ALL = new HistoryFilter("", "", "");

  /** Without the character that PostgreSQL's texts cannot hold. */
  public HistoryFilter {
    text = text.replace("\0", "");
    action = action.replace("\0", "");
    status = status.replace("\0", "");
  }
}
