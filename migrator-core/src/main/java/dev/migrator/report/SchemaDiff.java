package dev.migrator.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * In what two snapshots differ.
 *
 * @param before the earlier snapshot's fingerprint
 * @param after the later snapshot's fingerprint
 * @param changes every object that differs, in the order of the snapshots; empty when they are alike
 * @param notes why a difference may be none, for example two major versions that spell things differently
 */
public record SchemaDiff(
    SchemaFingerprint before,
    SchemaFingerprint after,
    List<SchemaChange> changes,
    List<String> notes) {

  private static final int FEW = 5;

  /** Keeps copies. */
  public SchemaDiff {
    changes = List.copyOf(changes);
    notes = List.copyOf(notes);
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return changes.isEmpty();
  }

  /** The first few changes in a line, for a message: {@code table public.orders is missing, column ... differs and 3 more}. */
  public String summary() {
    String first =
        changes.stream().limit(FEW).map(SchemaDiff::words).collect(Collectors.joining(", "));
    return changes.size() <= FEW ? first : first + " and " + (changes.size() - FEW) + " more";
  }

  private static String words(SchemaChange change) {
    String object = change.object().kind().words() + " " + change.object().identity();
    if (change instanceof SchemaChange.Added) {
      return object + " is new";
    }
    return change instanceof SchemaChange.Removed ? object + " is missing" : object + " differs";
  }

  /**
   * Whether the order of columns is all that differs: what a down script that adds a dropped column again cannot restore.
   */
  public boolean onlyColumnOrder() {
    return !changes.isEmpty()
        && changes.stream()
            .allMatch(change -> change instanceof SchemaChange.Changed changed
                && changed.object().kind() == SchemaObjectKind.COLUMN
                && changed.attributes().stream()
                    .allMatch(attribute -> attribute.name().equals("position")));
  }
}
