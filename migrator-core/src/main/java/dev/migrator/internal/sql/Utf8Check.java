package dev.migrator.internal.sql;

import dev.migrator.migration.FailureCode;
import dev.migrator.migration.MigrationException;
import dev.migrator.migration.SourcePosition;
import java.util.List;

/** Refuses what is not UTF-8 (RFC 3629), and NUL, which no text of PostgreSQL can hold. Takes the bytes in pieces. */
final class Utf8Check {

  private final String script;
  private long offset;
  /** How many bytes the current character still needs, and between which two the next one must be. */
  private int missing;

  private int lowest;
  private int highest;
  private long characterAt;

  /** The line, the offset where it begins, and how many of its bytes begin no character. */
  private int line = 1;

  private long lineAt;
  private long within;

  Utf8Check(String script) {
    this.script = script;
  }

  void accept(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      int b = bytes[i];
      if (b <= 0 || missing > 0) {
        unusual(b & 0xFF, offset + i - from);
      } else if (b == '\n') {
        line++;
        lineAt = offset + i - from + 1;
        within = 0;
      }
    }
    offset += to - from;
  }

  /** The script ends here. */
  void end() {
    if (missing > 0) {
      throw malformed(characterAt);
    }
  }

  private void unusual(int b, long at) {
    if (missing > 0) {
      if (b < lowest || b > highest) {
        throw malformed(characterAt);
      }
      expect(missing - 1, 0x80, 0xBF);
      within++;
    } else if (b == 0) {
      throw MigrationException.because(
              FailureCode.SCRIPT_UNREADABLE,
              script + " holds a NUL character, at byte offset " + at + ".")
          .done("nothing was run.", List.of())
          .advice("remove it; no text of PostgreSQL can hold one. Is the file UTF-16?")
          .build();
    } else {
      characterAt = at;
      begin(b);
    }
  }

  /** The first byte of a character of several; the bounds keep out overlong forms and surrogates. */
  private void begin(int b) {
    if (b >= 0xC2 && b <= 0xDF) {
      expect(1, 0x80, 0xBF);
    } else if (b >= 0xE0 && b <= 0xEF) {
      expect(2, b == 0xE0 ? 0xA0 : 0x80, b == 0xED ? 0x9F : 0xBF);
    } else if (b >= 0xF0 && b <= 0xF4) {
      expect(3, b == 0xF0 ? 0x90 : 0x80, b == 0xF4 ? 0x8F : 0xBF);
    } else {
      throw malformed(characterAt);
    }
  }

  private void expect(int more, int from, int to) {
    missing = more;
    lowest = from;
    highest = to;
  }

  private MigrationException malformed(long at) {
    return MigrationException.because(
            FailureCode.SCRIPT_UNREADABLE,
            "this is not UTF-8: the byte at offset " + at + " belongs to no character.")
        .at(new SourcePosition(script, line, (int) (at - lineAt - within + 1)))
        .done("nothing was run.", List.of())
        .advice("save the file as UTF-8.")
        .build();
  }
}
