package dev.migrator.report;

import dev.migrator.migration.Migration;
import dev.migrator.migration.SourcePosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the scripts of a migration tell by their text.
 *
 * @param migration the migration
 * @param hasDown whether it tells how it is undone
 * @param irreversible why it cannot be undone; {@code null} when it does not say that
 * @param statements the statements of its script, in order; none of one that is written in Java
 */
public record MigrationOutline(
    Migration migration,
    boolean hasDown,
    @Nullable String irreversible,
    List<StatementOutline> statements) {

  /** Keeps a copy. */
  public MigrationOutline {
    statements = List.copyOf(statements);
  }

  /**
   * A statement.
   *
   * @param position where it begins
   * @param words its first words, up to its first literal, which may be a secret
   * @param relations the tables, views, indexes and sequences that it names, as it writes them
   */
  public record StatementOutline(SourcePosition position, String words, List<String> relations) {

    /** Keeps a copy. */
    public StatementOutline {
      relations = List.copyOf(relations);
    }
  }
}
