package dev.migrator.micronaut.access;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts wrong tokens for each address, and closes the door to one that showed too many: also to the right token, or the
 * limit would not limit guessing. Thread-safe; remembers a bounded number of addresses, the latest.
 */
final class FailedAttempts {

  /** How many wrong tokens an address may show within {@link #WINDOW}. */
  static final int ALLOWED = 10;

  static final Duration WINDOW = Duration.ofMinutes(1);

  private static final int ADDRESSES = 10_000;

  private final LongSupplier clock;
  private final Map<String, Attempts> attempts = new LinkedHashMap<>(16, 0.75f, true) {
    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
      return size() > ADDRESSES;
    }
  };

  /**
   * A count that begins now.
   *
   * @param clock nanoseconds from any origin, as {@link System#nanoTime()}
   */
  FailedAttempts(LongSupplier clock) {
    this.clock = clock;
  }

  /** How many seconds an address has to wait; 0 when it need not. */
  synchronized long secondsToWait(String address) {
    Attempts made = current(address);
    return made == null || made.count < ALLOWED
        ? 0
        : Math.max(1, WINDOW.minusNanos(clock.getAsLong() - made.since).toSeconds());
  }

  /** Counts one more, and says how many there are within the window. */
  synchronized int count(String address) {
    Attempts made = current(address);
    if (made == null) {
      made = new Attempts(clock.getAsLong());
      attempts.put(address, made);
    }
    return ++made.count;
  }

  private @Nullable Attempts current(String address) {
    Attempts made = attempts.get(address);
    if (made != null && clock.getAsLong() - made.since >= WINDOW.toNanos()) {
      attempts.remove(address);
      return null;
    }
    return made;
  }

  /** Those of one address. */
  private static final class Attempts {
    private final long since;
    private int count;

    Attempts(long since) {
      this.since = since;
    }
  }
}
