package dev.migrator.internal.lock;

import dev.migrator.internal.jdbc.ServerError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The advisory lock's key: a constant function of the tracking table's name. Two versions of Migrator that compute it
 * differently do not exclude each other, so it never changes.
 *
 * @param value the key; the database need not be in it, for advisory locks belong to one
 */
public record LockKey(long value) {

  /** How the errors begin that {@link #proof()} and its like raise on purpose. */
  public static final String RAISED = "migrator: ";

  /** The SQLSTATE of those errors: they cast a sentence to an integer, for SQL itself has no RAISE. */
  private static final String RAISED_STATE = "22P02";

  /**
   * The first eight bytes of the SHA-256 of {@code migrator:1:<schema>.<table>}.
   *
   * @param table schema and table, unquoted, with a dot between them
   */
  public static LockKey of(String table) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256")
          .digest(("migrator:1:" + table).getBytes(StandardCharsets.UTF_8));
      return new LockKey(ByteBuffer.wrap(digest).getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * SQL for an expression that is 1, or an error when this session does not hold the lock: whatever follows in the same
   * message must not happen, and an empty result would stop nothing. It goes into the
   * record that is written last in a transaction, for a script may have released the lock; and first where there is no
   * such record to come.
   */
  public String proof() {
    return demand("""
        EXISTS (
             SELECT FROM pg_catalog.pg_lock_status()
              WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND pid = pg_catalog.pg_backend_pid()
                AND ((classid::bigint << 32) | objid::bigint) = %s)""".formatted(value), "the advisory lock is no longer held by backend ");
  }

  /**
   * SQL for an expression that is 1 where a condition holds, and an error where it does not.
   *
   * @param words what the error says, in front of the backend's number; no quotes
   */
  static String demand(String condition, String words) {
    // The text cannot be folded at planning time, because the backend's pid is in it.
    return """
        CASE WHEN %s
             THEN 1
             ELSE ('%s%s' || pg_catalog.pg_backend_pid())::integer
             END""".formatted(condition, RAISED, words);
  }

  /** Whether an error means that the lock was lost, or that another session did the work meanwhile. */
  public static boolean isLoss(ServerError error) {
    return RAISED_STATE.equals(error.sqlState()) && error.message().contains(RAISED);
  }
}
