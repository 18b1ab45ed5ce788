package dev.migrator.internal.source;

import dev.migrator.migration.MigrationException;
import java.util.List;

/**
 * Reads scripts in another thread while the engine waits for its connection and its queries: both take about as long. It begins
 * with the last one: the engine, which begins with the first, meets it on its way, and neither reads what the other has read.
 *
 * <p>Nothing depends on it. Whoever needs a checksum that is not there yet computes it; a script that cannot be read fails
 * again, and is reported, when it is asked for.
 */
final class ReadAhead implements Runnable {

  /** Below this, starting a thread takes longer than reading. */
  private static final int WORTH_A_THREAD = 20;

  private final List<ResolvedMigration> migrations;

  private ReadAhead(List<ResolvedMigration> migrations) {
    this.migrations = migrations;
  }

  static void start(List<ResolvedMigration> migrations) {
    if (migrations.size() >= WORTH_A_THREAD) {
      Thread thread = new Thread(null, new ReadAhead(migrations), "migrator-read-ahead", 0, false);
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      for (int last = migrations.size() - 1; last >= 0; last--) {
        migrations.get(last).script().checksum();
      }
    } catch (MigrationException toBeThrownAgain) {
      // By the run, if it comes to that script.
    }
  }
}
