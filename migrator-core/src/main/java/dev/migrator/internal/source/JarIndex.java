package dev.migrator.internal.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
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

  /** In bytes; about a thousand entries, for the directory of the whole jar is read. */
  private static final long LARGE = 128 * 1024;

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
    try (JarFolder own = JarFolder.open(jar, folder)) {
      FolderSum sum = own.sum(path -> Location.isWanted(path, settings.recursive()));
      byte[] text = sum == null ? null : own.content(ScriptIndex.FILE);
      ScriptIndex index = text == null ? null : ScriptIndex.read(text, settings);
      return index != null && index.sum().equals(String.valueOf(sum)) && isAlone() ? index : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Whether to read it takes longer than to start a thread for it. */
  public boolean isWorthAThread() {
    return jar.toFile().length() > LARGE;
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
}
