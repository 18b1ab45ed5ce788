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
    int last = lineStart(text, text.length - 1);
    int sum = lineEnd(text, 0);
    int at = lineEnd(text, sum);
    if (at > last
        || !text(text, last, text.length).equals(end(text, last))
        || !text(text, 0, sum).equals(FORMAT + settings.words() + '\n')) {
      return null;
    }
    int behindSum = at;
    List<String> notes = new ArrayList<>();
    for (int end = lineEnd(text, at); end <= last; end = lineEnd(text, at)) {
      String line = text(text, at, end);
      if (!line.startsWith(NOTE)) {
        break;
      }
      notes.add(line.substring(NOTE.length(), line.length() - 1));
      at = end;
    }
    ResolvedEntries entries = ResolvedEntries.in(text, at, last);
    return entries == null ? null : new ScriptIndex(text(text, sum, behindSum - 1), notes, entries);
  }

  private static String text(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }

  /** Where the line begins whose end, or last byte, is at a place. */
  private static int lineStart(byte[] text, int end) {
    int at = end;
    while (at > 0 && text[at - 1] != '\n') {
      at--;
    }
    return Math.max(at, 0);
  }

  /** Where the line behind the one at a place begins; the end of the text when there is none. */
  private static int lineEnd(byte[] text, int from) {
    int at = from;
    while (at < text.length && text[at] != '\n') {
      at++;
    }
    return Math.min(at + 1, text.length);
  }
}
