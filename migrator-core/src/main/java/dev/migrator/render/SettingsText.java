package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.SettingsReport;
import dev.migrator.report.SettingsReport.Setting;

/** The settings of a command, for a person and for a machine; passwords are replaced by asterisks. */
public final class SettingsText {

  private SettingsText() {}

  /** A table. */
  public static String of(SettingsReport report) {
    if (report.settings().isEmpty()) {
      return "Every setting of " + report.verb() + " has its default.\n";
    }
    TextTable table = new TextTable("Setting", "Value", "Written in");
    for (Setting setting : report.settings()) {
      table.row(setting.name(), Redaction.redact(setting.value()), setting.origin());
    }
    return table.text() + "Every other setting of " + report.verb() + " has its default.\n";
  }

  /** The same as JSON. */
  public static String json(SettingsReport report) {
    return JsonText.document(
        "settings",
        json -> json.put("verb", report.verb())
            .objects("settings", report.settings(), SettingsText::setting));
  }

  private static void setting(JsonText json, Setting setting) {
    json.put("name", setting.name())
        .put("value", Redaction.redact(setting.value()))
        .put("origin", setting.origin());
  }
}
