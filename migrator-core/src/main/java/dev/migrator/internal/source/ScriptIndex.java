package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a build knows of a folder's migrations: enough to see that all of them are applied, without reading one. It stands in
 * the folder itself, and counts only as long as the folder's files are those from which it was made.
 *
 * @param sum of the folder's files
 * @param notes what an operator should know
 * @param entries the migrations
 */
public record ScriptIndex(String sum, List<String> notes, ResolvedEntries entries) {

  /** The file's name within the folder. */
  public static final String FILE = "migrator.index";

  private static final String FORMAT = "migrator-index 1 ";
  private static final String NOTE = "note\t";
  private static final String END = "end\t";

  /**
   * The index of a folder that was read.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_NAME_INVALID} for a name that a line cannot hold
   */
  static ScriptIndex of(List<Found> files, Resolution resolution) {
    resolution
        .migrations()
        .forEach(each -> requireOneLine(each.migration().id() + each.migration().name()));
    resolution.notes().forEach(ScriptIndex::requireOneLine);
    return new ScriptIndex(
        sum(files).toString(),
        resolution.notes(),
        Objects.requireNonNull(ResolvedEntries.of(resolution.migrations())));
  }

  private static FolderSum sum(List<Found> files) {
    FolderSum sum = new FolderSum();
    for (Found file : files) {
      byte[] path = file.path().getBytes(StandardCharsets.UTF_8);
      byte[] content = file.content();
      CRC32 crc = new CRC32();
      crc.update(content);
      sum.add(path, 0, path.length, content.length, crc.getValue());
    }
    return sum;
  }

  private static void requireOneLine(String text) {
    if (text.indexOf('\t') >= 0 || text.indexOf('\n') >= 0) {
      throw Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "'" + text.replaceAll("[\t\n]", "?")
              + "' has a tab or a line end in it, which an index cannot hold.",
          "rename the file, or do without an index.");
    }
  }

  /**
   * The file's content: the format, how the folder was read, its sum, a line for each note and then for each migration, and a
   * last line that tells whether all of it is there.
   */
  public String text(MigrationSource.Settings settings) {
    StringBuilder text = new StringBuilder(FORMAT + settings.words() + '\n' + sum + '\n');
    notes.forEach(note -> text.append(NOTE).append(note).append('\n'));
    byte[] before = text.append(entries).toString().getBytes(StandardCharsets.UTF_8);
    return text.append(end(before, before.length)).toString();
  }

  private static String end(byte[] text, int length) {
    CRC32 crc = new CRC32();
    crc.update(text, 0, length);
    return END + Long.toHexString(crc.getValue()) + '\n';
  }

  /**
   * Reads an index; {@code null} when it was made by another version or for a folder that is read in another way, and when
   * it is not whole.
   */
  static @Nullable ScriptIndex read(byte[] text, MigrationSource.Settings settings) {
    int last = lastLine(text);
    if (!line(text, last).equals(end(text, last))) {
      return null;
    }
    String head = line(text, 0);
    int at = bytes(head);
    String sum = line(text, at);
    at += bytes(sum);
    if (at > last || !head.equals(FORMAT + settings.words() + '\n')) {
      return null;
    }
    List<String> notes = new ArrayList<>();
    for (String line = line(text, at); line.startsWith(NOTE); line = line(text, at)) {
      notes.add(line.substring(NOTE.length(), line.length() - 1));
      at += bytes(line);
    }
    ResolvedEntries entries = at > last ? null : ResolvedEntries.in(text, at, last);
    return entries == null
        ? null
        : new ScriptIndex(sum.substring(0, sum.length() - 1), notes, entries);
  }

  private static int bytes(String line) {
    return line.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int lastLine(byte[] text) {
    int at = text.length - 1;
    while (at > 0 && text[at - 1] != '\n') {
      at--;
    }
    return Math.max(at, 0);
  }

  /** The line that begins at a place, with its end; what is left of the text when there is none. */
  private static String line(byte[] text, int from) {
    int end = from;
    while (end < text.length && text[end] != '\n') {
      end++;
    }
    int behind = Math.min(end + 1, text.length);
    return new String(text, from, behind - from, StandardCharsets.UTF_8);
  }
}
