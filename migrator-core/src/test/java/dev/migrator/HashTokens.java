package dev.migrator;

import dev.migrator.migration.JavaMigration;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HexFormat;

/** The example of the page about scripts. */
final class HashTokens implements JavaMigration {

  @Override
  public String version() {
    return "0007";
  }

  @Override
  public String description() {
    return "hash_tokens";
  }

  @Override
  public String checksum() {
    return "SHA-256, hexadecimal";
  }

  @Override
  public void apply(Connection connection) throws Exception {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    try (PreparedStatement read = connection.prepareStatement("SELECT id, token FROM sessions");
        PreparedStatement write =
            connection.prepareStatement("UPDATE sessions SET token = ? WHERE id = ?");
        ResultSet rows = read.executeQuery()) {
      while (rows.next()) {
        byte[] hash = sha256.digest(rows.getString("token").getBytes(StandardCharsets.UTF_8));
        write.setString(1, HexFormat.of().formatHex(hash));
        write.setLong(2, rows.getLong("id"));
        write.addBatch();
      }
      write.executeBatch();
    }
  }
}
