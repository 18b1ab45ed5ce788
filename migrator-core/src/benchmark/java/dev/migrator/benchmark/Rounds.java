package dev.migrator.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Takes the time of several things in turn, round after round, in another order each time: what disturbs the machine
 * disturbs all of them, and none always follows the same neighbour.
 */
final class Rounds<T> {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final List<T> things;
  private final Random random = new Random(17);

  Rounds(List<T> things) {
    this.things = things;
  }

  /** Takes one time in milliseconds. */
  @FunctionalInterface
  interface Timing<T> {

    double millis(T thing) throws Exception;
  }

  /**
   * The times.
   *
   * @param least how many rounds at the least
   * @param most how many where they are quick
   */
  Map<T, Samples> measure(int least, int most, Timing<T> timing) throws Exception {
    Map<T, Samples> samples = new LinkedHashMap<>();
    things.forEach(thing -> samples.put(thing, new Samples()));
    long started = System.nanoTime();
    for (int round = 0;
        round < least || round < most && System.nanoTime() - started < LONGEST.toNanos();
        round++) {
      List<T> order = new ArrayList<>(things);
      Collections.shuffle(order, random);
      for (T thing : order) {
        Samples of = samples.get(thing);
        if (of != null) {
          of.add(timing.millis(thing));
        }
      }
    }
    return samples;
  }

  /** Something that may fail. */
  @FunctionalInterface
  interface Work {

    void run() throws Exception;
  }

  static double millis(Work work) throws Exception {
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e6;
  }
}
