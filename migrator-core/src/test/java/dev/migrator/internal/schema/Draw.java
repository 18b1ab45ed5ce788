package dev.migrator.internal.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Chances that a seed decides. */
final class Draw {

  private final Random random;

  Draw(long seed) {
    this.random = new Random(seed);
  }

  /** Whether something happens that happens so often in a hundred. */
  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** The text, or none. */
  String maybe(int percent, String text) {
    return chance(percent) ? text : "";
  }

  /** A number between two, both included. */
  int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** That many of a list, or all of them, in any order. */
  <T> List<T> some(int count, List<T> choices) {
    List<T> shuffled = new ArrayList<>(choices);
    Collections.shuffle(shuffled, random);
    return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
  }

  long seed() {
    return random.nextLong();
  }
}
