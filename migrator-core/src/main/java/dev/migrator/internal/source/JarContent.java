package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import org.jspecify.annotations.Nullable;

/** The bytes of a large file in a jar: the jar is opened again for them. */
record JarContent(URL address) implements Found.ContentReader {

  /** The file of this name in the jar at an address. */
  static JarContent of(URL jar, String name) throws IOException {
    return new JarContent(new URL("jar:" + jar + "!/" + name));
  }

  @Override
  public byte @Nullable [] read(int limit) {
    return null;
  }

  @Override
  public InputStream open() throws IOException {
    URLConnection connection = address.openConnection();
    // A cached jar is shared with the class loader, and closed by whoever closes it first.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
