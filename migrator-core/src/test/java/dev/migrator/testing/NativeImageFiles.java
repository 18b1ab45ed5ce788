package dev.migrator.testing;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a native image of GraalVM has in place of a class path: a class loader whose resources have addresses like {@code
 * resource:/db/migration}, and a file system of that scheme, which nobody has opened yet. The files are those of a jar.
 */
public final class NativeImageFiles extends FileSystemProvider {

  private static @Nullable Path jar;
  private static @Nullable FileSystem open;

  /**
   * A class loader that has the files of a jar; the one before it loses its files.
   *
   * @param content the jar
   * @param folders whether it knows folders: images know those that were included by their own name
   */
  public static synchronized ClassLoader loader(Path content, boolean folders) throws IOException {
    if (open != null) {
      try {
        open.close();
      } catch (NoSuchFileException e) {
        // It is closed; its jar went with the folder of the test before.
      }
    }
    open = null;
    jar = content;
    return new ClassLoader(null) {
      @Override
      protected Enumeration<URL> findResources(String name) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(content)) {
          Path path = files.getPath("/" + name);
          boolean known = folders || Files.isRegularFile(path);
          return Collections.enumeration(
              known && Files.exists(path)
                  ? List.of(new URL(null, "resource:/" + name, new NoConnection()))
                  : List.<URL>of());
        }
      }
    };
  }

  @Override
  public String getScheme() {
    return "resource";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> settings) throws IOException {
    synchronized (NativeImageFiles.class) {
      if (open != null) {
        throw new FileSystemAlreadyExistsException(uri.toString());
      }
      if (jar == null) {
        throw new IOException("no test has said what there is");
      }
      open = FileSystems.newFileSystem(jar);
      return open;
    }
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    synchronized (NativeImageFiles.class) {
      if (open == null) {
        throw new FileSystemNotFoundException(uri.toString());
      }
      return open;
    }
  }

  @Override
  public Path getPath(URI uri) {
    return getFileSystem(uri).getPath(uri.getPath());
  }

  /** What has an address, and is read through the file system. */
  private static final class NoConnection extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() throws IOException {
          throw new IOException("not through " + url);
        }
      };
    }
  }

  // The paths are the jar's own, so nobody comes here with them.

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isHidden(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
