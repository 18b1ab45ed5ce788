package dev.migrator.internal.sql;

import dev.migrator.migration.SourcePosition;
import java.security.MessageDigest;
import java.util.List;

/** Reads the data of a {@code COPY ... FROM STDIN} that stand in the script behind it. */
final class CopyLines {

  private final SecondReading reading;
  private final ScriptBytes bytes;
  private final Lexer lexer;
  private final Conservation conservation;

  /**
   * A reader.
   *
   * @param lexer has come to the end of the statement
   */
  CopyLines(SecondReading reading, ScriptBytes bytes, Lexer lexer, Conservation conservation) {
    this.reading = reading;
    this.bytes = bytes;
    this.lexer = lexer;
    this.conservation = conservation;
  }

  /**
   * The lines after the COPY, up to a line that is only {@code \.} or the end of the script. The window of bytes begins behind
   * them then.
   *
   * @param leftOutFrom the bytes before them that belong to no statement
   */
  CopyRows read(Statement statement, int leftOutFrom) {
    refuseSqlBeforeData();
    int data = bytes.nextLine(lexer.to());
    if (bytes.at(data - 1) == '\r') {
      throw lexer.unreadable(
          lexer.to(),
          "the line of the COPY ends with a carriage return alone, and psql would find no data behind it.",
          "end the lines of the file with line feeds.");
    }
    conservation.leftOut(leftOutFrom, data);
    bytes.discard(data);
    SourcePosition first = bytes.position(0);
    long from = bytes.offset(0);
    long lines = 0;
    MessageDigest digest = CopyRows.sha256();
    int length = lengthOfLine();
    while (length > 0 && !isEndOfData(length)) {
      lines++;
      bytes.digest(digest, 0, length);
      conservation.used(0, length);
      bytes.discard(length);
      length = lengthOfLine();
    }
    long to = bytes.offset(0);
    conservation.used(0, length);
    bytes.discard(length);
    lexer.moveTo(0);
    return new CopyRows(
        tableOfCopy(Tokens.of(statement.sql(), statement.standardStrings())),
        reading,
        first,
        from,
        to,
        lines,
        digest.digest());
  }

  private static String tableOfCopy(List<Token> copy) {
    int i = copy.size() > 1 && copy.get(1).isWord("BINARY") ? 2 : 1;
    while (i + 2 < copy.size() && copy.get(i + 1).isSymbol('.')) {
      i += 2;
    }
    return i < copy.size() ? copy.get(i).identifier() : "";
  }

  /** With its line feed; a line of data ends nowhere else. 0 at the end of the script. */
  private int lengthOfLine() {
    int i = 0;
    while (bytes.at(i) != '\n' && bytes.at(i) != ScriptBytes.END) {
      i++;
    }
    return bytes.at(i) == '\n' ? i + 1 : i;
  }

  private boolean isEndOfData(int length) {
    if (length > 4 || !bytes.startsWith("\\.", 0)) {
      return false;
    }
    int c = bytes.at(2);
    return c == ScriptBytes.END
        || c == '\n'
        || c == '\r' && (bytes.at(3) == '\n' || bytes.at(3) == ScriptBytes.END);
  }

  /** The data begin on the next line; psql would run what stands between after them, where nobody expects it. */
  private void refuseSqlBeforeData() {
    int end = bytes.endOfLine(lexer.to());
    for (int i = lexer.to(); i < end && !bytes.startsWith("--", i); i++) {
      if (!Lexer.isSpace(bytes.at(i))) {
        throw lexer.unreadable(
            i,
            "there is something between COPY ... FROM STDIN and its data.",
            "move it behind the data.");
      }
    }
  }
}
