package dev.migrator.verify;

import dev.migrator.migration.Migration;
import dev.migrator.report.SchemaChange;
import dev.migrator.report.SchemaChange.AttributeChange;
import dev.migrator.report.SchemaDiff;
import dev.migrator.report.SchemaObject;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The objects that come out differently when the same script runs twice on the same state: they depend on the clock or on
 * chance, so no down script is blamed for them. What is excused is the difference that two runs showed, and nothing else of
 * the object: where its comment differed, it is not excused for being left behind. A trial begins with what the migrations
 * before it made, whatever chance had its part in that, so what excuses a migration is only what its own runs showed.
 *
 * <p>An object that is there under another name each time ({@code events_20261121}) is known by its name without the digits;
 * it is excused only where one is missing and another is there instead, for what is left behind is left whatever its name.
 * Thread-safe.
 */
final class Unsteady {

  private final Map<Migration, Vagaries> known = new HashMap<>();
  private final Map<String, Found> found = new LinkedHashMap<>();

  /** How runs differ in an object. */
  private enum Way {
    NAME,
    EXISTENCE,
    ATTRIBUTES
  }

  private record Found(
      String parent,
      String identity,
      String words,
      Migration migration,
      Way way,
      Set<String> attributes) {

    String note() {
      return words + " " + identity + " depends on the clock or on chance: two runs of "
          + migration.label() + " on the same state made it differently. "
          + switch (way) {
            case NAME -> "Only its name without the digits is compared.";
            case EXISTENCE -> "Whether it is there is not compared.";
            case ATTRIBUTES -> "Not compared of it: " + String.join(", ", attributes) + ".";
          };
    }
  }

  /**
   * Learns from two runs.
   *
   * @param twice in what their results differ
   * @param migration whose script ran
   */
  synchronized void learn(SchemaDiff twice, Migration migration) {
    if (twice.isEmpty()) {
      return;
    }
    known.computeIfAbsent(migration, one -> new Vagaries()).learn(twice);
    Set<String> renamed = Vagaries.pairs(twice.changes()).keySet();
    for (SchemaChange change : twice.changes()) {
      Found one = found(change, migration, renamed.contains(Vagaries.masked(change.object())));
      Found before = found.putIfAbsent(one.way() + one.words() + one.identity(), one);
      if (before != null) {
        before.attributes().addAll(one.attributes());
      }
    }
  }

  private static Found found(SchemaChange change, Migration migration, boolean renamed) {
    SchemaObject object = change.object();
    Set<String> attributes = new TreeSet<>();
    if (change instanceof SchemaChange.Changed changed) {
      changed.attributes().stream().map(AttributeChange::name).forEach(attributes::add);
    }
    return new Found(
        renamed ? Vagaries.masked(object.parent()) : object.parent(),
        renamed ? Vagaries.masked(object.identity()) : object.identity(),
        object.kind().words(),
        migration,
        renamed ? Way.NAME : attributes.isEmpty() ? Way.EXISTENCE : Way.ATTRIBUTES,
        attributes);
  }

  /** What differs of the others in the trial of a migration. */
  synchronized SchemaDiff without(SchemaDiff diff, Migration migration) {
    Vagaries own = known.get(migration);
    return own == null || diff.isEmpty() ? diff : own.without(diff);
  }

  /** What differs of the others where all migrations ran. */
  synchronized SchemaDiff without(SchemaDiff diff) {
    if (known.isEmpty() || diff.isEmpty()) {
      return diff;
    }
    Vagaries all = new Vagaries();
    known.values().forEach(all::add);
    return all.without(diff);
  }

  /** Each with the migration that makes it, what is part of another left out. */
  synchronized List<String> notes() {
    return found.values().stream()
        .filter(one -> one.way() == Way.ATTRIBUTES
            || found.values().stream()
                .noneMatch(
                    other -> other.way() == one.way() && other.identity().equals(one.parent())))
        .map(Found::note)
        .toList();
  }
}
