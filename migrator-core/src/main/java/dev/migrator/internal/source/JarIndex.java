package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The index that a jar has of one of its folders.
 *
 * @param jar the jar
 * @param folder the folder, without slashes at its ends; not the root
 * @param settings how the folder is to be read
 * @param beside where else scripts of this folder would be looked for
 */
public record JarIndex(
    Path jar, String folder, MigrationSource.Settings settings, Surroundings beside) {

  /** The other jars on the class path. */
  @FunctionalInterface
  public interface Surroundings {

    /** The jars; {@code null} when not all of them are files of their own. */
    @Nullable
    Collection<Path> jars() throws IOException;
  }

  /**
   * Reads it and holds it against the jar's own directory; {@code null} when it was made for another way of reading, when
   * the folder's files are others, when another jar has the folder too, or when anything is wrong with it: reading the
   * scripts will tell what.
   */
  public @Nullable ScriptIndex read() {
    try {
      FolderSum sum =
          JarFolder.sum(jar, folder, path -> Location.isWanted(path, settings.recursive()));
      ScriptIndex index = sum == null ? null : ScriptIndex.read(text(), settings);
      return index != null && index.sum().equals(String.valueOf(sum)) && isAlone() ? index : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether no other jar has the folder: one without entries for its folders is found only by looking into it. */
  private boolean isAlone() throws IOException {
    Collection<Path> others = beside.jars();
    if (others == null) {
      return false;
    }
    for (Path other : others) {
      if (JarFolder.holds(other, folder)) {
        return false;
      }
    }
    return true;
  }

  private String text() throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      ZipEntry entry = file.getEntry(folder + "/" + ScriptIndex.FILE);
      if (entry == null) {
        throw new IOException(jar + " has no index of " + folder);
      }
      try (InputStream in = file.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
