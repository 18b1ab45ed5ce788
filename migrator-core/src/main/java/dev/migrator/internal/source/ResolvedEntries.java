package dev.migrator.internal.source;

import dev.migrator.migration.Checksum;
import dev.migrator.migration.Migration;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of an application's migrations as tells whether they are the applied ones, in the order in which they run.
 *
 * <p>A line of UTF-8 each, with kind, id, name and the value of the {@link Checksum#SHA256_LF} checksum, as the tracking table
 * stores them. Lines and not objects: at every start of an application they are only held against what the server answers,
 * byte by byte.
 */
public final class ResolvedEntries {

  private static final char TAB = '\t';
  private static final int FIELDS = 4;

  private final byte[] text;
  private final int[] starts;
  private final int size;

  private ResolvedEntries(byte[] text, int[] starts, int size) {
    this.text = text;
    this.starts = starts;
    this.size = size;
  }

  /**
   * The entries of migrations; {@code null} when there are others than scripts among them. A name that does not go into a line
   * makes entries that agree with no table.
   */
  public static @Nullable ResolvedEntries of(List<? extends Resolved> migrations) {
    StringBuilder lines = new StringBuilder();
    for (Resolved resolved : migrations) {
      Checksum checksum = resolved.checksum();
      if (!checksum.algorithm().equals(Checksum.SHA256_LF)) {
        return null;
      }
      Migration migration = resolved.migration();
      lines
          .append(migration.kind().stored())
          .append(TAB)
          .append(migration.id())
          .append(TAB)
          .append(migration.name())
          .append(TAB)
          .append(checksum.value())
          .append('\n');
    }
    byte[] text = lines.toString().getBytes(StandardCharsets.UTF_8);
    return in(text, 0, text.length);
  }

  /** The entries in a part of a text; {@code null} when one of its lines is none, or the last one has no end. */
  public static @Nullable ResolvedEntries in(byte[] text, int from, int to) {
    int[] starts = new int[1 + (to - from) / 64];
    int size = 0;
    int start = from;
    int tabs = 0;
    for (int at = from; at < to; at++) {
      if (text[at] == TAB) {
        tabs++;
      } else if (text[at] == '\n') {
        if (tabs != FIELDS - 1) {
          return null;
        }
        if (size + 1 == starts.length) {
          starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[size++] = start;
        start = at + 1;
        tabs = 0;
      }
    }
    if (start != to) {
      return null;
    }
    starts[size] = to;
    return new ResolvedEntries(text, starts, size);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Whether an entry, counted from 0, says just this. */
  public boolean says(int entry, byte[] kind, byte[] id, byte[] name, byte[] checksum) {
    int at = behind(starts[entry], kind, TAB);
    at = behind(at, id, TAB);
    at = behind(at, name, TAB);
    // A field that holds a line end reaches into the next entry.
    return behind(at, checksum, '\n') == starts[entry + 1];
  }

  /** Where the next field begins; a negative number when the one at a place is another, or the place is negative. */
  private int behind(int at, byte[] field, char end) {
    int stop = at + field.length;
    return at >= 0
            && stop < starts[size]
            && text[stop] == end
            && Arrays.equals(text, at, stop, field, 0, field.length)
        ? stop + 1
        : -1;
  }

  /** The entries by their ids. */
  public Map<String, Integer> byId() {
    Map<String, Integer> entries = new HashMap<>();
    for (int entry = 0; entry < size; entry++) {
      int id = behindTab(starts[entry]);
      entries.put(new String(text, id, behindTab(id) - 1 - id, StandardCharsets.UTF_8), entry);
    }
    return entries;
  }

  private int behindTab(int from) {
    int at = from;
    while (text[at] != TAB) {
      at++;
    }
    return at + 1;
  }

  @Override
  public String toString() {
    return new String(text, starts[0], starts[size] - starts[0], StandardCharsets.UTF_8);
  }
}
