package dev.migrator.internal.source;

import dev.migrator.migration.FailureCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * What a build knows of a folder's migrations: enough to see that all of them are applied, without reading one. It stands in
 * the folder itself, and counts only as long as the folder's files are those from which it was made.
 *
 * @param sum of the folder's files
 * @param notes what an operator should know
 * @param entries the migrations, in the order in which they run
 */
public record ScriptIndex(String sum, List<String> notes, List<ResolvedEntry> entries) {

  /** The file's name within the folder. */
  public static final String FILE = "migrator.index";

  private static final String FORMAT = "migrator-index 1 ";
  private static final String NOTE = "note";
  private static final String END = "end";
  private static final char TAB = '\t';

  /** The index of a folder that was read. */
  static ScriptIndex of(List<Found> files, Resolution resolution) {
    List<ResolvedEntry> entries = resolution.migrations().stream()
        .map(migration -> ResolvedEntry.of(migration.migration(), migration.checksum()))
        .toList();
    return new ScriptIndex(sum(files).toString(), resolution.notes(), entries);
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

  /**
   * The file's content: the format, how the folder was read, its sum, a line for each note and migration, and a last line
   * that tells whether all of it is there.
   *
   * @throws dev.migrator.migration.MigrationException {@code SCRIPT_NAME_INVALID} for a name that a line cannot hold
   */
  public String text(MigrationSource.Settings settings) {
    StringBuilder text = new StringBuilder(FORMAT + settings.words() + '\n' + sum + '\n');
    for (String note : notes) {
      requireOneLine(note);
      text.append(NOTE).append(TAB).append(note).append('\n');
    }
    for (ResolvedEntry entry : entries) {
      requireOneLine(entry.id() + entry.name());
      text.append(entry.kind())
          .append(TAB)
          .append(entry.id())
          .append(TAB)
          .append(entry.name())
          .append(TAB)
          .append(entry.checksum())
          .append('\n');
    }
    return text.append(end(text.toString())).toString();
  }

  private static String end(String before) {
    CRC32 crc = new CRC32();
    crc.update(before.getBytes(StandardCharsets.UTF_8));
    return END + TAB + Long.toHexString(crc.getValue()) + '\n';
  }

  private static void requireOneLine(String text) {
    if (text.indexOf(TAB) >= 0 || text.indexOf('\n') >= 0) {
      throw Refusal.of(
          FailureCode.SCRIPT_NAME_INVALID,
          "'" + text.replaceAll("[\t\n]", "?")
              + "' has a tab or a line end in it, which an index cannot hold.",
          "rename the file, or do without an index.");
    }
  }

  /**
   * Reads an index; {@code null} when it was made by another version or for a folder that is read in another way, and when
   * it is not whole.
   */
  static @Nullable ScriptIndex read(String text, MigrationSource.Settings settings) {
    int head = text.indexOf('\n');
    int sum = text.indexOf('\n', head + 1);
    int last = text.lastIndexOf(END + TAB);
    if (sum < 0
        || last <= sum
        || !text.substring(0, head).equals(FORMAT + settings.words())
        || !text.substring(last).equals(end(text.substring(0, last)))) {
      return null;
    }
    List<String> notes = new ArrayList<>();
    List<ResolvedEntry> entries = new ArrayList<>();
    int at = sum + 1;
    while (at < last) {
      int end = text.indexOf('\n', at);
      int id = text.indexOf(TAB, at) + 1;
      int name = text.indexOf(TAB, id) + 1;
      int checksum = text.indexOf(TAB, Math.max(name, 1)) + 1;
      if (text.startsWith(NOTE + TAB, at)) {
        notes.add(text.substring(id, end));
      } else if (id == 0 || name == 0 || checksum == 0 || checksum > end) {
        return null;
      } else {
        entries.add(new ResolvedEntry(
            text.substring(at, id - 1),
            text.substring(id, name - 1),
            text.substring(name, checksum - 1),
            text.substring(checksum, end)));
      }
      at = end + 1;
    }
    return new ScriptIndex(text.substring(head + 1, sum), notes, entries);
  }
}
