package dev.migrator.internal.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came back for the commands of one call. */
public final class Replies {

  private final List<Notice> notices = new ArrayList<>();
  private final Map<Integer, String> answers = new HashMap<>();
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

  /**
   * What a command answered that asks ({@link Command#asking}).
   *
   * @param command its place, from 0
   * @return {@code null} for any other command, and where there was no row or the value is NULL
   */
  public @Nullable String answer(int command) {
    return answers.get(command);
  }

  /** Keeps the answer of the command that is about to complete. */
  void answered(@Nullable String value) {
    if (value != null) {
      answers.put(completed, value);
    }
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
