package dev.migrator.internal.source;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Tells the SHA-256 of what was read, at its end; whoever skips a part, or stops before the end, is told nothing. */
final class WholeRead extends FilterInputStream {

  private final MessageDigest digest;
  private final Check check;
  private boolean whole = true;

  /** Is told. */
  interface Check {

    /** Throws when the digest is not the expected one. */
    void accept(byte[] digest) throws IOException;
  }

  WholeRead(InputStream in, Check check) {
    super(in);
    this.check = check;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0 && whole) {
      digest.update(target, offset, read);
    } else if (read < 0 && whole) {
      whole = false;
      check.accept(digest.digest());
    }
    return read;
  }

  @Override
  public long skip(long count) throws IOException {
    whole = false;
    return super.skip(count);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
