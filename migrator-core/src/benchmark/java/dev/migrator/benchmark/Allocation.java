package dev.migrator.benchmark;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much the live threads of this JVM have allocated so far. */
final class Allocation {

  private static final ThreadMXBean THREADS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocation() {}

  static long bytes() {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
      // A thread that has just ended has none.
      sum += Math.max(bytes, 0);
    }
    return sum;
  }
}
