package dev.migrator.internal.jdbc;

import java.util.ArrayList;
import java.util.List;

/** What came back for the commands of one call. */
public final class Replies {

  private final List<Notice> notices = new ArrayList<>();
  private int completed;

  /**
   * Something that the server said beside the results.
   *
   * @param command the place of the command that it belongs to, from 0
   * @param text severity and message, secrets taken out
   */
  public record Notice(int command, String text) {}

  /** What the server said beside the results (NOTICE, WARNING). */
  public List<Notice> notices() {
    return List.copyOf(notices);
  }

  /** The texts of {@link #notices()}. */
  public List<String> noticeTexts() {
    return notices.stream().map(Notice::text).toList();
  }

  int completed() {
    return completed;
  }

  void commandCompleted() {
    completed++;
  }

  void notice(String text) {
    notices.add(new Notice(completed, text));
  }
}
