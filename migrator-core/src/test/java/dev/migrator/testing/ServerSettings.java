package dev.migrator.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a server is configured that only tests use. */
final class ServerSettings {
  private ServerSettings() {}

  /** Whether commits must survive a power cut, as a benchmark wants it. */
  static boolean durable() {
    return Boolean.getBoolean("migrator.test.durable");
  }

  static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("max_connections", "300");
    settings.put("max_prepared_transactions", "10");
    settings.put("wal_level", "logical");
    // Only the disk is spared: a commit still waits for its WAL record to be written.
    settings.put("fsync", durable() ? "on" : "off");
    settings.put("full_page_writes", durable() ? "on" : "off");
    settings.put("synchronous_commit", "on");
    return settings;
  }
}
