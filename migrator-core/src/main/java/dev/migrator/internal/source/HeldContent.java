package dev.migrator.internal.source;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bytes that are held already. */
@SuppressWarnings("ArrayRecordComponent") // Nobody compares contents.
record HeldContent(byte[] bytes) implements Found.ContentReader {

  @Override
  public byte @Nullable [] read(int limit) {
    return bytes;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(bytes);
  }
}
