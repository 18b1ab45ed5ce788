package dev.migrator.report;

import java.util.List;

/**
 * The settings that hold for a command, with where each was written. What nobody wrote has its default, and is not here.
 *
 * @param verb the command
 * @param settings the settings
 */
public record SettingsReport(String verb, List<Setting> settings) {

  /** Keeps a copy. */
  public SettingsReport {
    settings = List.copyOf(settings);
  }

  /**
   * A setting.
   *
   * @param name its name
   * @param value its value as it was written; secrets are left out
   * @param origin where it was written
   */
  public record Setting(String name, String value, String origin) {}
}
