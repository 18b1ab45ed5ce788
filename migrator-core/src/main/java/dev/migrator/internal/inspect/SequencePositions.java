package dev.migrator.internal.inspect;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import dev.migrator.migration.MigrationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where sequences have got to. No rollback takes their numbers back.
 *
 * @param values the last number of each, by name
 */
public record SequencePositions(Map<String, Long> values) {

  private static final Command ASK = Command.of("""
      SELECT pg_catalog.concat(schemaname, '.', sequencename), last_value
        FROM pg_catalog.pg_sequences ORDER BY 1""");

  /**
   * Where they are now; those that the role may not read are 0.
   *
   * @throws MigrationException {@code CONNECTION_LOST} when the server does not answer
   */
  public static SequencePositions of(Session session) {
    Map<String, Long> values = new LinkedHashMap<>();
    try {
      session.query(ASK, row -> values.put(row.text(1), row.number(2)));
      return new SequencePositions(values);
    } catch (CommandFailedException e) {
      throw Session.unanswered("reading the sequences", e);
    }
  }

  /** Those that were somewhere else before, each with its place, in a sentence. */
  public List<String> movedSince(SequencePositions before) {
    List<String> moved = new ArrayList<>();
    values.forEach((name, value) -> {
      Long then = before.values.get(name);
      if (then != null && !then.equals(value)) {
        moved.add("The sequence " + name + " stays at " + value
            + ", where the dry run left it: no rollback takes numbers back.");
      }
    });
    return moved;
  }
}
