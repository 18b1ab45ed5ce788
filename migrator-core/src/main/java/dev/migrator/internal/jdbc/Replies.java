package dev.migrator.internal.jdbc;

import java.util.ArrayList;
import java.util.List;

/** What came back for the commands of one call. */
public final class Replies {

  private final List<String> notices = new ArrayList<>();
  private int completed;

  /** What the server said beside the results (NOTICE, WARNING), one entry each. */
  public List<String> notices() {
    return List.copyOf(notices);
  }

  int completed() {
    return completed;
  }

  void commandCompleted() {
    completed++;
  }

  void notice(String text) {
    notices.add(text);
  }
}
