package dev.migrator.internal.scratch;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a server is configured whose data need not survive it. */
final class OwnSettings {

  private OwnSettings() {}

  /** Settings of {@code postgresql.conf}; no value holds a space. */
  static Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("fsync", "off");
    settings.put("full_page_writes", "off");
    settings.put("synchronous_commit", "off");
    // Whole folders may be undone in one transaction.
    settings.put("max_locks_per_transaction", "1024");
    // Scripts may use them.
    settings.put("max_prepared_transactions", "10");
    settings.put("wal_level", "logical");
    // Scripts that fail are what verify looks for; the server need not say so a second time.
    settings.put("log_min_messages", "fatal");
    return settings;
  }
}
