package dev.migrator.internal.lock;

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
}
