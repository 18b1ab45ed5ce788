package dev.migrator;

import dev.migrator.config.ExpectedColumn;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import dev.migrator.report.SchemaSnapshot;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/** The tables of a snapshot and their columns, as names that can be looked for. */
final class KeptColumns {

  /** A table, its names without quotes. */
  record Table(String schema, String name) {}

  private KeptColumns() {}

  /** Those of the tables that count. */
  static Set<String> of(SchemaSnapshot snapshot, Predicate<Table> counts) {
    Set<String> tables = new HashSet<>();
    Set<String> kept = new HashSet<>();
    for (SchemaObject object : snapshot.objects()) {
      if (object.kind() == SchemaObjectKind.TABLE && counts.test(table(object.name()))) {
        tables.add(object.name());
        kept.add(object.name() + ".*");
      }
    }
    for (SchemaObject object : snapshot.objects()) {
      if (object.kind() == SchemaObjectKind.COLUMN && tables.contains(object.parent())) {
        kept.add(object.identity());
      }
    }
    return kept;
  }

  /** Of {@code public.orders}, as SQL writes it. */
  private static Table table(String name) {
    ExpectedColumn parts = ExpectedColumn.of(name + ".*");
    return new Table(Objects.requireNonNullElse(parts.schema(), ""), parts.table());
  }
}
