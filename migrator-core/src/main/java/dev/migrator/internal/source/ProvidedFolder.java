package dev.migrator.internal.source;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the class path that is neither on disk nor in a jar, and that a file system of the platform reads: {@code
 * resource:} in a native image of GraalVM, {@code jrt:} in a run-time image.
 */
final class ProvidedFolder {

  private ProvidedFolder() {}

  /**
   * The folder as a path, whether or not it exists.
   *
   * @return {@code null} when no file system reads such an address
   */
  static @Nullable Path of(URL url) throws IOException {
    for (FileSystemProvider provider : FileSystemProvider.installedProviders()) {
      // Jars are read by the class loader's own means, which other frameworks replace.
      if (!url.getProtocol().equals("jar")
          && provider.getScheme().equalsIgnoreCase(url.getProtocol())) {
        try {
          URI address = url.toURI();
          mount(provider, new URI(address.getScheme(), null, "/", null));
          return provider.getPath(address);
        } catch (URISyntaxException | IllegalArgumentException e) {
          throw new IOException(url + " is no valid address", e);
        }
      }
    }
    return null;
  }

  /** A native image has the file system, and does not open it before somebody asks; it stays open for whoever asks next. */
  private static void mount(FileSystemProvider provider, URI root) throws IOException {
    try {
      provider.getFileSystem(root);
    } catch (FileSystemNotFoundException e) {
      try {
        provider.newFileSystem(root, Map.of());
      } catch (FileSystemAlreadyExistsException another) {
        // Another thread was faster.
      }
    }
  }
}
