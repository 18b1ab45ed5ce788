package dev.migrator.internal.lint;

import java.util.HashSet;
import java.util.Set;

/** What the transaction that is open has done to tables and types that were there before it. */
final class OpenTransaction {

  /** By place, as are the others; a DELETE leaves the rows on disk, where whoever reads the table still meets them. */
  private final Set<String> deleted = new HashSet<>();

  private final Set<String> truncated = new HashSet<>();
  private final Set<String> labels = new HashSet<>();

  boolean isEmptied(String table) {
    return deleted.contains(table) || truncated.contains(table);
  }

  boolean isTruncated(String table) {
    return truncated.contains(table);
  }

  boolean hasNewLabel(String label) {
    return labels.contains(label);
  }

  void deleteAll(String table) {
    deleted.add(table);
  }

  void truncate(String table) {
    truncated.add(table);
  }

  void fill(String table) {
    deleted.remove(table);
    truncated.remove(table);
  }

  /** It is not known which tables were filled. */
  void fillAny() {
    truncated.clear();
  }

  void addLabel(String label) {
    labels.add(label);
  }

  void end() {
    deleted.clear();
    truncated.clear();
    labels.clear();
  }
}
