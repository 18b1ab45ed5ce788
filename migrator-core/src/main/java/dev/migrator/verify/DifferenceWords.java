package dev.migrator.verify;

import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A difference in a sentence; the whole of it is in the report. */
final class DifferenceWords {

  private static final int SHOWN = 5;

  private DifferenceWords() {}

  /** What is left, missing or changed afterwards. */
  static String of(SchemaDiff diff) {
    Set<String> whole = diff.changes().stream()
        .filter(change -> !(change instanceof SchemaChange.Changed))
        .map(change -> change.object().identity())
        .collect(Collectors.toSet());
    List<String> words = diff.changes().stream()
        .filter(change -> change instanceof SchemaChange.Changed
            || !whole.contains(change.object().parent()))
        .map(DifferenceWords::of)
        .toList();
    String shown = words.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return words.size() > SHOWN ? shown + " and " + (words.size() - SHOWN) + " more" : shown;
  }

  private static String of(SchemaChange change) {
    SchemaObject object = change.object();
    String name = object.kind().words() + " " + object.identity();
    if (change instanceof SchemaChange.Changed changed) {
      return name + " differs in "
          + changed.attributes().stream()
              .map(AttributeChange::name)
              .collect(Collectors.joining(", "));
    }
    return name + (change instanceof SchemaChange.Added ? " is left" : " is missing");
  }
}
