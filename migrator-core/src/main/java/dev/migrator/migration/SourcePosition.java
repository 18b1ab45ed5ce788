package dev.migrator.migration;

/**
 * A place in a script.
 *
 * @param script the script's path within its location, or the path that the caller gave
 * @param line the line, counted from 1
 * @param column the column in characters (code points), counted from 1
 */
public record SourcePosition(String script, int line, int column) {

  /** The place as editors and compilers write it: {@code script:line:column}. */
  @Override
  public String toString() {
    return script + ":" + line + ":" + column;
  }
}
