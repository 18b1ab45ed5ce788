package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.report.DriftReport;
import dev.migrator.report.SchemaDiff;
import java.util.List;

/** Whether a schema is what it should be, as machines read it: by the rules of {@link JsonReport}. */
public final class DriftJson {

  private DriftJson() {}

  /** The document, whose {@code type} is {@code drift}. */
  public static String of(DriftReport report) {
    SchemaDiff diff = report.diff();
    return JsonText.document(
        "drift",
        json -> json.put("database", report.database())
            .put("reference", report.reference())
            .put("drifted", report.hasDrifted())
            .put("expected", report.expected().toString())
            .put("actual", report.actual().toString())
            .objects("diff", diff == null ? List.of() : List.of(diff), SchemaDiffJson::content));
  }
}
