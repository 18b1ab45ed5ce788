package dev.migrator.verify;

import dev.migrator.report.SchemaSnapshot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How far down the whole chain can go: to the empty database, or to the last migration that cannot be taken back.
 *
 * @param count how many migrations can be taken back, latest first
 * @param obstacle what it ends at, in a sentence; empty when it ends at the empty database
 * @param floor the schema that is there then
 */
record WayDown(int count, String obstacle, SchemaSnapshot floor) {

  private static final int SHOWN = 10;

  boolean isWhole() {
    return obstacle.isEmpty();
  }

  /** How many of the first migrations stay. */
  static int kept(List<Subject> versioned) {
    for (int i = versioned.size(); i > 0; i--) {
      if (!versioned.get(i - 1).canGoDown()) {
        return i;
      }
    }
    return 0;
  }

  static WayDown of(List<Subject> versioned, SchemaSnapshot floor) {
    List<String> staying = versioned.stream()
        .filter(subject -> !subject.canGoDown())
        .map(subject -> subject.migration().label())
        .toList();
    String names = staying.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (staying.size() > SHOWN ? " and " + (staying.size() - SHOWN) + " more" : "");
    return new WayDown(
        versioned.size() - kept(versioned),
        staying.isEmpty() ? "" : "these cannot be taken back: " + names + ".",
        floor);
  }
}
