package dev.migrator.render;

import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaSnapshot;

/** A schema as a person reads it: its canonical text under a heading, without passwords. */
public final class SnapshotText {

  private SnapshotText() {}

  /** Every object with its attributes, then how many there are and the fingerprint. */
  public static String of(SchemaSnapshot snapshot) {
    StringBuilder text = new StringBuilder();
    for (SchemaObject object : snapshot.objects()) {
      text.append(Printable.of(object.text()));
    }
    return text.append(snapshot.objects().size())
        .append(snapshot.objects().size() == 1 ? " object" : " objects")
        .append(" (PostgreSQL ")
        .append(snapshot.serverMajor())
        .append(", schemas ")
        .append(Printable.line(String.join(", ", snapshot.schemas())))
        .append("), fingerprint ")
        .append(snapshot.fingerprint())
        .append(".\n")
        .toString();
  }
}
