package dev.migrator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A folder of files as the folder {@code db/migration} of a jar. */
public record PackagedFolder(Path jar) {

  private static final String FOLDER = "db/migration/";

  /** Packs a folder, as most builds do. */
  static PackagedFolder pack(Path folder, Path jar) {
    return pack(folder, jar, true);
  }

  /**
   * Packs a folder.
   *
   * @param directories whether the jar has entries for its folders
   */
  public static PackagedFolder pack(Path folder, Path jar, boolean directories) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(folder)) {
      entry(out, "META-INF/MANIFEST.MF", "Manifest-Version: 1.0\n");
      if (directories) {
        entry(out, "db/", "");
        entry(out, FOLDER, "");
      }
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile).sorted()::iterator) {
        out.putNextEntry(
            new ZipEntry(FOLDER + folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
      return new PackagedFolder(jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void entry(ZipOutputStream out, String name, String content) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(content.getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
  }

  /** The same jar at another place; the contents of its scripts cannot be read, while the jar's directory is whole. */
  public PackagedFolder withUnreadableScripts(Path target) throws IOException {
    byte[] bytes = Files.readAllBytes(jar);
    ByteBuffer zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - 22;
    int at = zip.getInt(end + 16);
    while (at < end) {
      String name = new String(bytes, at + 46, zip.getShort(at + 28), StandardCharsets.UTF_8);
      if (name.startsWith(FOLDER) && name.endsWith(".sql")) {
        int local = zip.getInt(at + 42);
        int data = local + 30 + zip.getShort(local + 26) + zip.getShort(local + 28);
        // No block of this type exists.
        Arrays.fill(bytes, data, data + zip.getInt(at + 20), (byte) 0xFF);
      }
      at += 46 + zip.getShort(at + 28) + zip.getShort(at + 30) + zip.getShort(at + 32);
    }
    Files.write(target, bytes);
    return new PackagedFolder(target);
  }

  /** A class path of jars and directories, and nothing else. */
  public static URLClassLoader classPath(List<Path> paths) {
    return new URLClassLoader(paths.stream().map(PackagedFolder::url).toArray(URL[]::new), null);
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }
}
