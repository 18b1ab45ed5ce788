package dev.migrator.internal.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * The index that a jar has of one of its folders.
 *
 * @param jar the jar
 * @param folder the folder, without slashes at its ends
 * @param settings how the folder is to be read
 */
public record JarIndex(Path jar, String folder, MigrationSource.Settings settings) {

  /**
   * Reads it and holds it against the jar's own directory; {@code null} when it was made for another way of reading, when
   * the folder's files are others, or when anything is wrong with it: reading the scripts will tell what.
   */
  public @Nullable ScriptIndex read() {
    try {
      FolderSum sum =
          JarFolder.sum(jar, folder, path -> Location.isWanted(path, settings.recursive()));
      ScriptIndex index = sum == null ? null : ScriptIndex.read(text(), settings);
      return index != null && index.sum().equals(String.valueOf(sum)) ? index : null;
    } catch (IOException e) {
      return null;
    }
  }

  private String text() throws IOException {
    try (JarFile file = new JarFile(jar.toFile(), false)) {
      ZipEntry entry =
          file.getEntry(folder.isEmpty() ? ScriptIndex.FILE : folder + "/" + ScriptIndex.FILE);
      if (entry == null) {
        throw new IOException(jar + " has no index of " + folder);
      }
      try (InputStream in = file.getInputStream(entry)) {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }
}
