package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.internal.text.Redaction;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A difference of two schemas as machines read it: by the rules of {@link JsonReport}. */
public final class SchemaDiffJson {

  private SchemaDiffJson() {}

  /** The document, whose {@code type} is {@code diff}. */
  public static String of(SchemaDiff diff) {
    return JsonText.document("diff", json -> content(json, diff));
  }

  /** The keys of a difference that is part of another document. */
  static void content(JsonText json, SchemaDiff diff) {
    json.put("different", !diff.isEmpty())
        .put("onlyColumnOrder", diff.onlyColumnOrder())
        .put("before", diff.before().toString())
        .put("after", diff.after().toString())
        .objects("changes", diff.changes(), SchemaDiffJson::change)
        .strings("notes", diff.notes().stream().map(Redaction::redact).toList());
  }

  private static void change(JsonText json, SchemaChange change) {
    SchemaObject object = change.object();
    json.put("change", change.getClass().getSimpleName().toLowerCase(Locale.ROOT))
        .put("kind", object.kind().words())
        .put("parent", object.parent().isEmpty() ? null : object.parent())
        .put("name", object.name())
        .objects("attributes", attributes(change), SchemaDiffJson::attribute);
  }

  /** Of what is added or removed, every attribute: as if the other one had none. */
  private static List<AttributeChange> attributes(SchemaChange change) {
    if (change instanceof SchemaChange.Changed changed) {
      return changed.attributes();
    }
    boolean added = change instanceof SchemaChange.Added;
    return change.object().attributes().entrySet().stream()
        .map(attribute -> added
            ? new AttributeChange(attribute.getKey(), null, attribute.getValue())
            : new AttributeChange(attribute.getKey(), attribute.getValue(), null))
        .toList();
  }

  private static void attribute(JsonText json, AttributeChange attribute) {
    json.put("name", attribute.name())
        .put("before", redacted(attribute.before()))
        .put("after", redacted(attribute.after()));
  }

  private static @Nullable String redacted(@Nullable String value) {
    return value == null ? null : Redaction.redact(value);
  }
}
