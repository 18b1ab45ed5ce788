package dev.migrator;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What an engine is doing at this moment, to be stopped from any thread. */
final class UnderWay {

  private final Set<Runnable> cancellations = ConcurrentHashMap.newKeySet();

  /**
   * Does work that can be stopped.
   *
   * @param cancel stops it as soon as is safe; returns at once
   */
  <T> T during(Runnable cancel, Supplier<T> work) {
    cancellations.add(cancel);
    try {
      return work.get();
    } finally {
      cancellations.remove(cancel);
    }
  }

  /** Stops all of it; whether there was anything. */
  boolean cancel() {
    List<Runnable> all = List.copyOf(cancellations);
    all.forEach(Runnable::run);
    return !all.isEmpty();
  }
}
