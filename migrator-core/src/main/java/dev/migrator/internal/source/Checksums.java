package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum of a script: the same for one text, however an editor or a checkout wrote its line ends. */
final class Checksums {

  private Checksums() {}

  /** SHA-256 over the bytes with a byte order mark removed and CRLF and CR folded to LF. */
  static Checksum of(byte[] content) {
    MessageDigest digest = sha256();
    int start = startAfterByteOrderMark(content);
    int i = start;
    while (i < content.length) {
      if (content[i] == '\r') {
        digest.update(content, start, i - start);
        digest.update((byte) '\n');
        start = i + 1 < content.length && content[i + 1] == '\n' ? i + 2 : i + 1;
        i = start;
      } else {
        i++;
      }
    }
    digest.update(content, start, content.length - start);
    return new Checksum(Checksum.SHA256_LF, HexFormat.of().formatHex(digest.digest()));
  }

  static int startAfterByteOrderMark(byte[] content) {
    boolean mark = content.length >= 3
        && content[0] == (byte) 0xEF
        && content[1] == (byte) 0xBB
        && content[2] == (byte) 0xBF;
    return mark ? 3 : 0;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
