package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.ChangeLog;
import java.util.TreeMap;

/** What migrations say of themselves, as machines read it: by the rules of {@link JsonReport}. */
public final class ChangeLogJson {

  private ChangeLogJson() {}

  /** The document, whose {@code type} is {@code changelog}. */
  public static String of(ChangeLog log) {
    return JsonText.document(
        "changelog", json -> json.objects("migrations", log.entries(), ChangeLogJson::entry));
  }

  private static void entry(JsonText json, ChangeLog.Entry entry) {
    JsonReport.identity(json, entry.migration());
    String purpose = entry.header().purpose();
    json.put("purpose", purpose.isEmpty() ? null : Redaction.redact(purpose))
        .put("rollback", entry.hasDown())
        .objects(
            "fields",
            new TreeMap<>(entry.header().fields()).entrySet().stream().toList(),
            (field, value) ->
                field.put("name", value.getKey()).put("value", Redaction.redact(value.getValue())));
  }
}
