package dev.migrator.internal.backup;

import dev.migrator.internal.jdbc.Session;
import java.time.Duration;

/** What a session that waits for a program says now and then, so that nobody ends it for being idle. */
public final class SignOfLife {

  private static final Duration EVERY = Duration.ofSeconds(15);

  private SignOfLife() {}

  /**
   * A check that also lets a session ask its server something, every quarter of a minute.
   *
   * @param check throws when it is to stop
   * @param session in no transaction
   */
  public static Runnable with(Runnable check, Session session) {
    long[] last = {System.nanoTime()};
    return () -> {
      check.run();
      if (System.nanoTime() - last[0] > EVERY.toNanos()) {
        session.requireAnswer();
        last[0] = System.nanoTime();
      }
    };
  }
}
