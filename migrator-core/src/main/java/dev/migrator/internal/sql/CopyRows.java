package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The data behind a {@code COPY ... FROM STDIN}: not their bytes, which may be many, but where in the script they are. What
 * is sent is read again from there, and must be what was read the first time.
 */
public final class CopyRows {

  private final String table;
  private final SecondReading reading;
  private final SourcePosition position;
  private final long from;
  private final long to;
  private final long lines;
  private final byte[] digest;

  CopyRows(
      String table,
      SecondReading reading,
      SourcePosition position,
      long from,
      long to,
      long lines,
      byte[] digest) {
    this.table = table;
    this.reading = reading;
    reading.expect(from);
    this.position = position;
    this.from = from;
    this.to = to;
    this.lines = lines;
    this.digest = digest.clone();
  }

  /** The name of the table that takes them, without its schema, as the server writes it in messages. */
  public String table() {
    return table;
  }

  /** Where the first line begins. */
  public SourcePosition position() {
    return position;
  }

  /** How many lines there are, without the {@code \.} that ends them. */
  public long lines() {
    return lines;
  }

  /** Their length in bytes. */
  public long length() {
    return to - from;
  }

  /**
   * The bytes, for the caller to close.
   *
   * @throws IOException when they cannot be read; while reading, when they are not those that were read before
   */
  public InputStream open() throws IOException {
    try {
      return new Verified(reading.at(from));
    } catch (EOFException e) {
      throw changed();
    } catch (IOException e) {
      throw new IOException("the COPY data at " + position + " cannot be read again: " + e, e);
    }
  }

  private IOException changed() {
    return new IOException("the COPY data at " + position + " changed after the script was read");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Ends where the data end, and not before they have proved to be the same. */
  private final class Verified extends FilterInputStream {

    private final MessageDigest seen = sha256();
    private long left = length();
    private boolean proved;
    private boolean closed;

    Verified(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        prove();
        return -1;
      }
      int read = super.read(target, offset, (int) Math.min(length, left));
      if (read < 0) {
        throw changed();
      }
      seen.update(target, offset, read);
      left -= read;
      return read;
    }

    private void prove() throws IOException {
      if (!proved && !Arrays.equals(seen.digest(), digest)) {
        throw changed();
      }
      proved = true;
    }

    @Override
    public long skip(long count) throws IOException {
      return count <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(count, 8192)]));
    }

    @Override
    public void close() throws IOException {
      if (proved && !closed) {
        reading.done(in, from, to);
      } else if (!closed) {
        super.close();
      }
      closed = true;
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
