package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import java.util.List;

/**
 * Proves that a script is read whole: that what was taken from it lies without a gap from its first byte to its last, and
 * that what went into no statement is white space, a semicolon, a comment or a known line. It looks with its own eyes, not
 * the lexer's; a script of which it cannot be proved is refused rather than run in part.
 */
final class Conservation {

  private final ScriptBytes bytes;
  private long accounted;

  Conservation(ScriptBytes bytes) {
    this.bytes = bytes;
    this.accounted = bytes.offset(0);
  }

  /** These bytes are a statement, or data of one. */
  void used(int from, int to) {
    if (bytes.offset(from) != accounted || to < from) {
      throw lost(from);
    }
    accounted = bytes.offset(to);
  }

  /** These bytes are in no statement. */
  void leftOut(int from, int to) {
    int i = from;
    while (i < to) {
      int c = bytes.at(i);
      if (c == ' ' || c >= '\t' && c <= '\r' || c == ';') {
        i++;
      } else if (bytes.startsWith("--", i)) {
        i = bytes.endOfLine(i);
      } else if (c == '\\') {
        i = endOfKnownLine(i);
      } else if (bytes.startsWith("/*", i)) {
        i = endOfComment(i, to);
      } else {
        throw lost(i);
      }
    }
    if (i != to) {
      throw lost(to);
    }
    used(from, to);
  }

  /** The script ends here. */
  void complete(int end) {
    if (bytes.at(end) != ScriptBytes.END || bytes.offset(end) != accounted) {
      throw lost(end);
    }
  }

  /** One word may follow the command: two would be a command and something else. */
  private int endOfKnownLine(int from) {
    boolean begins = bytes.startsWith("\\restrict", from);
    if (!begins && !bytes.startsWith("\\unrestrict", from)) {
      throw lost(from);
    }
    int end = bytes.endOfLine(from);
    int words = 0;
    for (int i = from; i < end; i++) {
      boolean blank = bytes.at(i) == ' ' || bytes.at(i) == '\t';
      words += !blank && (i == from || bytes.at(i - 1) == ' ' || bytes.at(i - 1) == '\t') ? 1 : 0;
      boolean again = bytes.at(i) == '\\' && i > from;
      if (words > 2 || again) {
        throw lost(i);
      }
    }
    return end;
  }

  private int endOfComment(int from, int to) {
    int open = 0;
    int i = from;
    do {
      boolean begins = bytes.startsWith("/*", i);
      boolean ends = !begins && bytes.startsWith("*/", i);
      open += begins ? 1 : ends ? -1 : 0;
      i += begins || ends ? 2 : 1;
    } while (open > 0 && i < to);
    return open > 0 ? to + 1 : i;
  }

  private MigrationException lost(int index) {
    return MigrationException.because(
            FailureCode.SCRIPT_UNREADABLE,
            "the script was not read whole: what stands at byte offset " + bytes.offset(index)
                + " would be in no statement.")
        .at(bytes.position(index))
        .done("nothing was run.", List.of())
        .advice("this is a defect of Migrator: please report it with the lines around this place.")
        .build();
  }
}
