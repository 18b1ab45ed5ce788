package dev.migrator.report;

import java.util.List;

/**
 * A script within a file: all of it, or a section.
 *
 * @param part which part of the file it is
 * @param line where its text begins
 * @param transactional whether it runs in one transaction
 * @param reason why it runs without one, with the place that says so; empty when it runs in one
 * @param directives the directives in its comments
 * @param statements its statements, as far as they were read
 * @param refusal the failure that running it would end with; empty when it is fit to run
 */
public record ScriptSection(
    Part part,
    int line,
    boolean transactional,
    String reason,
    List<ScriptDirective> directives,
    List<ScriptStatement> statements,
    String refusal) {

  /** Which part of its file a script is. */
  public enum Part {
    /** All of it. */
    WHOLE,
    /** The up section. */
    UP,
    /** The down section. */
    DOWN
  }

  /** Keeps copies. */
  public ScriptSection {
    directives = List.copyOf(directives);
    statements = List.copyOf(statements);
  }
}
