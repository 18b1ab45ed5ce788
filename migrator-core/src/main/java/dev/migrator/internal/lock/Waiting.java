package dev.migrator.internal.lock;

import dev.migrator.migration.Migration;
import java.time.Duration;
import java.util.List;

/** The other side of a wait for the lock. */
public interface Waiting {

  /** A number that grows while the holder gets on. */
  long progress();

  /**
   * Is called before every rest; what it throws ends the wait.
   *
   * @param time for how long the lock was waited for so far
   */
  void waits(Duration time);

  /** What the operation has completed before the wait. */
  List<Migration> done();
}
