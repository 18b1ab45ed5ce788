package dev.migrator.internal.schema;

import dev.migrator.internal.schema.DraftStep.Place;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaFlavour;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Statements that make one schema of another, as far as they only add something, and statements that undo them.
 *
 * @param up the statements, in order
 * @param down those that undo them, in order
 * @param leftOut what differs and is not drafted, in words
 */
public record MigrationDraft(List<String> up, List<String> down, List<String> leftOut) {

  /** Keeps copies. */
  public MigrationDraft {
    up = List.copyOf(up);
    down = List.copyOf(down);
    leftOut = List.copyOf(leftOut);
  }

  /**
   * Drafts.
   *
   * @param before the schema that there is
   * @param after the schema that is desired
   */
  public static MigrationDraft of(SchemaSnapshot before, SchemaSnapshot after) {
    // Owners, grants and the order of columns are for the role that runs it, or nobody can write
    // them.
    SchemaDiff diff = SnapshotComparison.between(before.logical(), after.logical());
    Drafting drafting = new Drafting(before, after);
    diff.changes().forEach(drafting::draft);
    return drafting.result();
  }

  /** The work on one draft. */
  private static final class Drafting {

    private final List<DraftStep> steps = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();
    private final SchemaSnapshot before;
    private final SchemaSnapshot after;
    private final Map<String, SchemaObject> existing = new HashMap<>();
    private final CreatedTables tables;
    private final Set<String> created = new HashSet<>();
    private final Set<String> domains = new HashSet<>();

    Drafting(SchemaSnapshot before, SchemaSnapshot after) {
      this.before = before;
      this.after = after;
      before.logical().objects().forEach(object -> existing.put(key(object), object));
      Map<String, SchemaObject> sequences = new HashMap<>();
      for (SchemaObject object : after.objects()) {
        String column = object.attributes().get("identity of");
        if (column != null) {
          sequences.put(column, object);
        }
        if (object.kind() == SchemaObjectKind.DOMAIN) {
          domains.add(object.name());
        }
        if (object.kind() == SchemaObjectKind.TABLE && !existing.containsKey(key(object))) {
          created.add(object.name());
        }
      }
      this.tables = new CreatedTables(sequences);
    }

    void draft(SchemaChange change) {
      SchemaObject object = change.object();
      if (change instanceof SchemaChange.Added) {
        added(object);
      } else if (change instanceof SchemaChange.Removed) {
        leaveOut(object, "is not in the desired schema: dropping it loses what it holds");
      } else {
        changed((SchemaChange.Changed) change);
      }
    }

    private void added(SchemaObject object) {
      boolean ofCreated = created.contains(object.parent());
      boolean ofDomain = domains.contains(object.parent());
      if (object.kind() == SchemaObjectKind.COLUMN) {
        if (!ofCreated && existsTable(object.parent())) {
          take(object, tables.added(object));
        }
        return; // Views have theirs from their definition.
      }
      if (object.kind() == SchemaObjectKind.SEQUENCE
          && object.attributes().containsKey("identity of")) {
        return;
      }
      if (object.kind() == SchemaObjectKind.TABLE) {
        take(object, tables.table(object, columns(after, object)));
        return;
      }
      take(
          object,
          ofDomain
              ? CreatedObjects.domainConstraint(object)
              : CreatedObjects.step(object, ofCreated));
      String owner = object.attributes().get("owned by");
      if (object.kind() == SchemaObjectKind.SEQUENCE && owner != null) {
        steps.add(DraftStep.of(
            Place.OWNERSHIP, "", "ALTER SEQUENCE " + object.name() + " OWNED BY " + owner));
      }
    }

    private void changed(SchemaChange.Changed change) {
      SchemaObject object = change.object();
      SchemaObject old = existing.get(key(object));
      for (AttributeChange attribute : change.attributes()) {
        if (old != null
            && object.kind() == SchemaObjectKind.VIEW
            && attribute.name().equals("definition")) {
          String why =
              AlteredObjects.view(object, columns(after, object), old, columns(before, old), steps);
          if (!why.isEmpty()) {
            leaveOut(object, why);
          }
        } else if (old == null || !AlteredObjects.draft(object, old, attribute, steps)) {
          leaveOut(
              object,
              "has another " + attribute.name() + ": " + attribute.before() + " would become "
                  + attribute.after());
        }
      }
    }

    private void take(SchemaObject object, Optional<DraftStep> step) {
      step.ifPresentOrElse(
          steps::add, () -> leaveOut(object, "is new, and nobody drafts such an object here"));
    }

    private void leaveOut(SchemaObject object, String why) {
      leftOut.add(object.kind().words() + " " + object.identity() + " " + why + ".");
    }

    private boolean existsTable(String name) {
      return existing.containsKey(SchemaObjectKind.TABLE + "\0\0" + name);
    }

    /** In their order: a column's position is the column before it. */
    private static List<SchemaObject> columns(SchemaSnapshot snapshot, SchemaObject table) {
      Map<String, SchemaObject> following = new LinkedHashMap<>();
      for (SchemaObject object : snapshot.objects()) {
        if (object.kind() == SchemaObjectKind.COLUMN && object.parent().equals(table.name())) {
          following.put(object.attributes().getOrDefault("position", "first"), object);
        }
      }
      List<SchemaObject> ordered = new ArrayList<>();
      SchemaObject next = following.remove("first");
      while (next != null) {
        ordered.add(next.as(SchemaFlavour.LOGICAL));
        next = following.remove("after " + next.name());
      }
      following.values().forEach(left -> ordered.add(left.as(SchemaFlavour.LOGICAL)));
      return ordered;
    }

    private static String key(SchemaObject object) {
      return object.kind() + "\0" + object.parent() + "\0" + object.name();
    }

    MigrationDraft result() {
      List<DraftStep> ordered = ordered();
      List<String> up = ordered.stream().flatMap(step -> step.up().stream()).toList();
      List<String> down = new ArrayList<>();
      for (int i = ordered.size() - 1; i >= 0; i--) {
        down.addAll(ordered.get(i).down());
      }
      return new MigrationDraft(up, new ArrayList<>(new LinkedHashSet<>(down)), leftOut);
    }

    /** What others mention stands before them, among those of one place. */
    private List<DraftStep> ordered() {
      List<DraftStep> ordered = new ArrayList<>();
      for (Place place : Place.values()) {
        List<DraftStep> left =
            new ArrayList<>(steps.stream().filter(step -> step.place() == place).toList());
        while (!left.isEmpty()) {
          DraftStep next = left.stream()
              .filter(step -> left.stream().noneMatch(step::mentions))
              .findFirst()
              .orElse(left.get(0));
          left.remove(next);
          ordered.add(next);
        }
      }
      return ordered;
    }
  }
}
