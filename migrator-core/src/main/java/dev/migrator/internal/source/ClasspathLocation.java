package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/**
 * A folder of the class path: in directories, in jars, in jars within jars and in a native image, wherever the class loader
 * finds it.
 *
 * <p>A jar need not have entries for its folders, and then a class loader does not find them. So besides asking for the
 * folder, every jar that has a manifest or stands on {@code java.class.path} is searched by the names of its files.
 */
final class ClasspathLocation implements Location {

  /** What GraalVM's own ImageInfo asks. */
  private static final boolean IN_NATIVE_IMAGE =
      System.getProperty("org.graalvm.nativeimage.imagecode") != null;

  private final String description;
  private final String folder;
  private final ClassLoader classLoader;

  ClasspathLocation(String description, String folder, ClassLoader classLoader) {
    this.description = description;
    this.folder = folder;
    this.classLoader = classLoader;
  }

  @Override
  public @Nullable List<Found> search(boolean recursive) {
    Search search = new Search(recursive);
    try {
      for (URL url : resources(folder)) {
        search.root(url);
      }
      if (!search.exists) {
        // A native image need not know its folders either; where it has the index, it has the
        // scripts beside it.
        for (URL url : resources(folder + "/" + ScriptIndex.FILE)) {
          search.provided(new URL(url, "."));
        }
      }
      for (URL manifest : resources(JarFile.MANIFEST_NAME)) {
        search.jarOf(manifest);
      }
      for (String entry : systemClassPath()) {
        if (entry.endsWith(".jar")) {
          search.jarFile(Path.of(entry));
        }
      }
    } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
      throw notFound("cannot be read: " + e.getMessage(), e);
    }
    return search.exists ? new ArrayList<>(search.found.values()) : null;
  }

  @Override
  public MigrationException absent() {
    return notFound("no directory and no jar on the class path has it.", null);
  }

  /**
   * The index, where one jar alone holds the folder. Directories change while people work in them, so there an index does
   * not count; jars within jars are read as without one. Jars that do not tell a class loader of their folders are looked
   * into when the index is read.
   */
  @Override
  public @Nullable JarIndex index(MigrationSource.Settings settings) {
    if (folder.isEmpty()) {
      return null;
    }
    try {
      List<URL> indexes = resources(folder + "/" + ScriptIndex.FILE);
      if (indexes.size() != 1) {
        return null;
      }
      Path jar = jarOnDisk(indexes.get(0));
      if (jar == null) {
        return null;
      }
      for (URL root : resources(folder)) {
        if (!jar.equals(jarOnDisk(root))) {
          return null;
        }
      }
      return new JarIndex(jar, folder, settings, () -> jarsBeside(jar));
    } catch (IOException e) {
      // Whatever it is, reading the scripts will tell.
      return null;
    }
  }

  /** The jars that {@link #search} would search but for one; {@code null} when some of them are within others. */
  private @Nullable List<Path> jarsBeside(Path jar) throws IOException {
    Map<String, Path> jars = new LinkedHashMap<>();
    for (URL manifest : resources(JarFile.MANIFEST_NAME)) {
      if (!manifest.getProtocol().equals("file")
          && manifest.openConnection() instanceof JarURLConnection) {
        Path path = jarOnDisk(manifest);
        if (path == null) {
          return null;
        }
        jars.put(key(path), path);
      }
    }
    for (String entry : systemClassPath()) {
      Path path = Path.of(entry);
      if (entry.endsWith(".jar") && Files.isRegularFile(path)) {
        jars.put(key(path), path);
      }
    }
    jars.remove(key(jar));
    return List.copyOf(jars.values());
  }

  private static @Nullable Path jarOnDisk(URL url) throws IOException {
    if (url.getProtocol().equals("jar")
        && url.openConnection() instanceof JarURLConnection connection
        && connection.getJarFileURL().getProtocol().equals("file")) {
      try {
        return Path.of(connection.getJarFileURL().toURI());
      } catch (URISyntaxException e) {
        return null;
      }
    }
    return null;
  }

  @Override
  public String description() {
    return description;
  }

  /** The entries of the system class path, where this class loader sees it. */
  private List<String> systemClassPath() {
    for (ClassLoader loader = classLoader; loader != null; loader = loader.getParent()) {
      if (loader.equals(ClassLoader.getSystemClassLoader())) {
        return List.of(System.getProperty("java.class.path", "").split(File.pathSeparator));
      }
    }
    return List.of();
  }

  private List<URL> resources(String name) throws IOException {
    List<URL> urls = new ArrayList<>();
    Enumeration<URL> found = classLoader.getResources(name);
    while (found.hasMoreElements()) {
      urls.add(found.nextElement());
    }
    return urls;
  }

  private MigrationException notFound(String problem, @Nullable Exception cause) {
    return MigrationException.because(
            FailureCode.LOCATION_NOT_FOUND, "location " + description + ": " + problem)
        .done("nothing was run.", List.of())
        .advice(
            IN_NATIVE_IMAGE
                ? "include the folder and what is in it when the image is built"
                    + " (resource-config.json, or -H:IncludeResources)."
                : "check the name of the folder, and that the build packages it.")
        .cause(cause)
        .build();
  }

  /** One search; a place that is reached in two ways is read once. */
  private final class Search {

    private final boolean recursive;
    private final Map<String, Found> found = new LinkedHashMap<>();
    private final Set<String> searched = new LinkedHashSet<>();
    private boolean exists;

    Search(boolean recursive) {
      this.recursive = recursive;
    }

    void root(URL url) throws IOException {
      if (url.getProtocol().equals("file")) {
        directory(url);
      } else if (!jarOf(url)) {
        provided(url);
      }
    }

    void provided(URL url) throws IOException {
      Path path = ProvidedFolder.of(url);
      if (path != null) {
        directory(path, url.toString());
      }
    }

    /** Searches the jar that something is in; says whether it is in one. */
    boolean jarOf(URL url) throws IOException {
      if (url.getProtocol().equals("file")) {
        return false;
      }
      if (url.openConnection() instanceof JarURLConnection jar) {
        search(jar);
        return true;
      }
      return false;
    }

    void jarFile(Path path) throws IOException {
      if (Files.isRegularFile(path) && searched.add(key(path))) {
        try (JarFile jar = new JarFile(path.toFile())) {
          entries(jar, path.toUri().toURL(), path.toString());
        }
      }
    }

    private void search(JarURLConnection connection) throws IOException {
      URL url = connection.getJarFileURL();
      if (url.getProtocol().equals("file")) {
        try {
          jarFile(Path.of(url.toURI()));
          return;
        } catch (URISyntaxException e) {
          throw new IOException(url + " is no valid address", e);
        }
      }
      if (searched.add(url.toString())) {
        JarFile jar = connection.getJarFile();
        try {
          entries(jar, url, url.toString());
        } finally {
          // A cached one is shared with the class loader.
          if (!connection.getUseCaches()) {
            jar.close();
          }
        }
      }
    }

    private void entries(JarFile jar, URL address, String origin) throws IOException {
      String prefix = folder.isEmpty() ? "" : folder + "/";
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        String name = entry.getName();
        if (!name.startsWith(prefix)) {
          continue;
        }
        exists = true;
        String path = name.substring(prefix.length());
        if (!entry.isDirectory() && Location.isWanted(path, recursive)) {
          add(new Found(path, origin + "!/" + name, content(jar, address, entry)));
        }
      }
    }

    private void directory(URL url) throws IOException {
      try {
        Path path = Path.of(url.toURI());
        directory(path, key(path));
      } catch (URISyntaxException e) {
        throw new IOException(url + " is no valid address", e);
      }
    }

    private void directory(Path path, String key) throws IOException {
      if (Files.isDirectory(path) && searched.add(key)) {
        exists = true;
        FilesystemLocation.list(path, recursive).forEach(this::add);
      }
    }

    private void add(Found file) {
      found.put(file.origin(), file);
    }
  }

  private static String key(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  private static Found.ContentReader content(JarFile jar, URL address, JarEntry entry)
      throws IOException {
    if (entry.getSize() > Found.LARGE) {
      return JarContent.of(address, entry.getName());
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return new HeldContent(in.readAllBytes());
    }
  }
}
