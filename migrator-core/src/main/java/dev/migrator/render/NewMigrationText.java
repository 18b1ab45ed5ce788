package dev.migrator.render;

import dev.migrator.internal.json.JsonText;
import dev.migrator.report.NewMigrationReport;
import dev.migrator.report.NewMigrationReport.Draft;
import java.nio.file.Path;

/** A migration that was begun, for a person and for a machine. */
public final class NewMigrationText {

  private NewMigrationText() {}

  /** The files, and what is to be done with them. */
  public static String of(NewMigrationReport report) {
    StringBuilder text = new StringBuilder();
    report.files().forEach(file -> text.append("Wrote ").append(file).append('\n'));
    Draft draft = report.draft();
    if (draft != null) {
      text.append("Drafted ")
          .append(draft.statements())
          .append(draft.statements() == 1 ? " statement" : " statements")
          .append("; on a throw-away database: up ")
          .append(draft.up().words())
          .append(", down ")
          .append(draft.down().words())
          .append(".\n");
      draft
          .leftOut()
          .forEach(line ->
              text.append("  Not drafted: ").append(Printable.line(line)).append('\n'));
      draft
          .remaining()
          .forEach(
              line -> text.append("  After it: ").append(Printable.line(line)).append(".\n"));
    }
    report.notes().forEach(note -> text.append("  Note: ").append(note).append('\n'));
    return text.toString();
  }

  /** The same as JSON. */
  public static String json(NewMigrationReport report) {
    return JsonText.document(
        "new",
        json -> json.put("version", report.version())
            .strings("files", report.files().stream().map(Path::toString).toList())
            .object("draft", report.draft(), NewMigrationText::draft)
            .strings("notes", report.notes()));
  }

  private static void draft(JsonText json, Draft draft) {
    json.put("statements", draft.statements())
        .put("up", draft.up().words())
        .put("down", draft.down().words())
        .strings("leftOut", draft.leftOut().stream().map(Printable::line).toList())
        .strings("remaining", draft.remaining());
  }
}
