package dev.migrator.migration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says of one statement of a migration that runs without a transaction.
 *
 * @param action what the statement belongs to: the migration or its rollback
 * @param ordinal its place in its script, from 1
 * @param checksum the value of its text's checksum
 * @param progress how far it came
 * @param before what the catalog held before it began; nothing for a statement that was journaled in its own transaction
 * @param settings what it has set for the session without saying so in its text, by name
 */
public record JournalEntry(
    AppliedMigration.Action action,
    int ordinal,
    String checksum,
    Progress progress,
    CatalogBefore before,
    Map<String, String> settings) {

  /** Keeps a copy. */
  public JournalEntry {
    settings = Map.copyOf(settings);
  }

  /** A statement that has set nothing. */
  public JournalEntry(
      AppliedMigration.Action action,
      int ordinal,
      String checksum,
      Progress progress,
      CatalogBefore before) {
    this(action, ordinal, checksum, progress, before, Map.of());
  }

  /** How far a statement came. */
  public enum Progress {
    /** It was begun, and nobody recorded its end. */
    BEGUN,
    /** It was begun and is known not to have happened: the server answered with an error, or an operator said so. */
    FAILED,
    /** It is done. */
    FINISHED
  }

  /**
   * What the catalog held before a statement began, as far as it tells afterwards whether the statement has happened.
   *
   * @param object the oid of what it works on: the table of a CREATE INDEX, a partition that is attached, else the object
   *     itself; {@code null} when there was none, or when nobody looked
   * @param name the name of the index that it creates; {@code null} when it names none, and for other statements
   * @param indexes the oids of the indexes that were there; {@code null} when nobody looked
   */
  public record CatalogBefore(
      @Nullable Long object,
      @Nullable String name,
      @Nullable List<Long> indexes) {

    /** Nobody looked. */
    public static final CatalogBefore UNKNOWN = new CatalogBefore(null, null, null);

    /** Keeps a copy. */
    public CatalogBefore {
      indexes = indexes == null ? null : List.copyOf(indexes);
    }
  }

  /** Whether it is done. */
  public boolean isFinished() {
    return progress == Progress.FINISHED;
  }
}
