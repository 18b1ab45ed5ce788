package dev.migrator.report;

import org.jspecify.annotations.Nullable;

/**
 * A statement of a script, and what is known of it.
 *
 * @param number its place in its script, from 1
 * @param line the line of its first character
 * @param column the column of that, in characters
 * @param endLine the line of the place behind its last character
 * @param endColumn the column of that
 * @param kind what it is for: {@code DDL}, {@code DML}, {@code UNKNOWN}
 * @param command the command as the manual names it, {@code CREATE INDEX}; empty when it was not recognised
 * @param transaction whether it can run in a transaction
 * @param reason why, or what must be known about it in one; often empty
 * @param copied the rows that follow it in the script; {@code null} when it is no {@code COPY ... FROM STDIN}
 * @param refusal why the engine does not run it, in words that follow it; empty when it does
 * @param text the statement as the script writes it
 */
public record ScriptStatement(
    int number,
    int line,
    int column,
    int endLine,
    int endColumn,
    String kind,
    String command,
    Transaction transaction,
    String reason,
    @Nullable CopiedRows copied,
    String refusal,
    String text) {

  /** Whether a statement can run in a transaction. */
  public enum Transaction {
    /** In one, and without one. */
    POSSIBLE,
    /** PostgreSQL refuses it in one. */
    IMPOSSIBLE,
    /** PostgreSQL refuses it without one, or it has no effect there. */
    NECESSARY,
    /** Its text does not tell; the reason says what decides. */
    DEPENDS,
    /** The statement was not recognised. */
    UNKNOWN
  }

  /**
   * The rows behind a {@code COPY ... FROM STDIN}.
   *
   * @param line the line of the first of them
   * @param lines how many lines there are, without the {@code \.} that ends them
   * @param bytes their length
   */
  public record CopiedRows(int line, long lines, long bytes) {}
}
