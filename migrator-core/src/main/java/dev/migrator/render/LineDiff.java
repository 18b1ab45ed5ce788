package dev.migrator.render;

import java.util.ArrayList;
import java.util.List;

/** In what two texts differ, line by line: what a person looks for in the body of a function. */
final class LineDiff {

  /** How many equal lines are shown around what differs. */
  private static final int CONTEXT = 2;

  /** Where both texts are longer, what is between their first and their last difference counts as replaced. */
  private static final int LONGEST = 2_000;

  /** What became of a line. */
  enum Mark {
    SAME,
    REMOVED,
    ADDED,
    /** Stands for equal lines that are not shown. */
    LEFT_OUT
  }

  /**
   * A line of the result.
   *
   * @param mark what became of it
   * @param text the line; empty where lines are left out
   */
  record Line(Mark mark, String text) {}

  private LineDiff() {}

  /** The lines that differ, with a few around them. */
  static List<Line> between(String before, String after) {
    return shortened(whole(List.of(before.split("\n", -1)), List.of(after.split("\n", -1))));
  }

  private static List<Line> whole(List<String> before, List<String> after) {
    int start = 0;
    while (start < Math.min(before.size(), after.size())
        && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(before.size(), after.size()) - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    List<Line> lines = new ArrayList<>();
    add(lines, Mark.SAME, before.subList(0, start));
    middle(
        lines,
        before.subList(start, before.size() - end),
        after.subList(start, after.size() - end));
    add(lines, Mark.SAME, before.subList(before.size() - end, before.size()));
    return lines;
  }

  /** By the longest common subsequence. */
  private static void middle(List<Line> lines, List<String> before, List<String> after) {
    if (before.size() > LONGEST || after.size() > LONGEST) {
      add(lines, Mark.REMOVED, before);
      add(lines, Mark.ADDED, after);
      return;
    }
    int[][] common = new int[before.size() + 1][after.size() + 1];
    for (int i = before.size() - 1; i >= 0; i--) {
      for (int j = after.size() - 1; j >= 0; j--) {
        common[i][j] = before.get(i).equals(after.get(j))
            ? common[i + 1][j + 1] + 1
            : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    int i = 0;
    int j = 0;
    while (i < before.size() && j < after.size()) {
      if (before.get(i).equals(after.get(j))) {
        lines.add(new Line(Mark.SAME, before.get(i)));
        i++;
        j++;
      } else if (common[i + 1][j] >= common[i][j + 1]) {
        lines.add(new Line(Mark.REMOVED, before.get(i++)));
      } else {
        lines.add(new Line(Mark.ADDED, after.get(j++)));
      }
    }
    add(lines, Mark.REMOVED, before.subList(i, before.size()));
    add(lines, Mark.ADDED, after.subList(j, after.size()));
  }

  private static void add(List<Line> lines, Mark mark, List<String> texts) {
    texts.forEach(text -> lines.add(new Line(mark, text)));
  }

  private static List<Line> shortened(List<Line> lines) {
    boolean[] shown = new boolean[lines.size()];
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).mark() != Mark.SAME) {
        for (int k = Math.max(0, i - CONTEXT); k <= Math.min(lines.size() - 1, i + CONTEXT); k++) {
          shown[k] = true;
        }
      }
    }
    List<Line> result = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (shown[i]) {
        result.add(lines.get(i));
      } else if (i == 0 || shown[i - 1]) {
        result.add(new Line(Mark.LEFT_OUT, ""));
      }
    }
    return result;
  }
}
