package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import org.jspecify.annotations.Nullable;

/** The bytes of a large file in a jar: the jar is opened again for them. */
record JarContent(URL address) implements Found.ContentReader {

  /** The file of this name in the jar at an address. */
  static JarContent of(URL jar, String name) throws IOException {
    return new JarContent(new URL("jar:" + jar + "!" + encoded("/" + name)));
  }

  /** As it stands in an address, where a percent sign and a number sign mean something. */
  private static String encoded(String path) throws IOException {
    try {
      return new URI(null, null, path, null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IOException(path + " cannot be part of an address", e);
    }
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
