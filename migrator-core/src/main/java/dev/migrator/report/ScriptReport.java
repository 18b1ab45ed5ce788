package dev.migrator.report;

import java.util.List;

/**
 * How a file is read.
 *
 * @param file its path as it was given
 * @param sections its sections, the up section first; one of a file that has none
 */
public record ScriptReport(String file, List<ScriptSection> sections) {

  /** Keeps a copy. */
  public ScriptReport {
    sections = List.copyOf(sections);
  }

  /** Whether running it would be refused. */
  public boolean isRefused() {
    return sections.stream().anyMatch(section -> !section.refusal().isEmpty());
  }
}
