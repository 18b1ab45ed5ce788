package dev.migrator.internal.schema;

import dev.migrator.internal.schema.DraftStep.Place;
import dev.migrator.report.SchemaObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Writes the statements that create tables and columns. */
final class CreatedTables {

  private static final Set<String> TABLE = Set.of(
      "persistence",
      "partition key",
      "partition of",
      "bound",
      "inherits",
      "row security",
      "row security forced",
      "options",
      "replica identity");

  private static final Set<String> COLUMN = Set.of(
      "type",
      "collation",
      "not null",
      "not null name",
      "default",
      "generated",
      "identity",
      "inherited",
      "not null inherited");

  /** The sequences of identity columns, by the column's identity. */
  private final Map<String, SchemaObject> sequences;

  CreatedTables(Map<String, SchemaObject> sequences) {
    this.sequences = sequences;
  }

  /**
   * A table with its columns; nothing where it has what this does not know.
   *
   * @param columns its columns, in their order
   */
  Optional<DraftStep> table(SchemaObject table, List<SchemaObject> columns) {
    SortedMap<String, String> attributes = table.attributes();
    String identity = attributes.getOrDefault("replica identity", "full");
    if (CreatedObjects.known(table, TABLE).isEmpty()
        || columns.stream().anyMatch(column -> !isKnown(column))
        || identity.startsWith("index ")) {
      return Optional.empty();
    }
    String partitionOf = attributes.get("partition of");
    StringBuilder text = new StringBuilder("CREATE ")
        .append(attributes.containsKey("persistence") ? "UNLOGGED " : "")
        .append("TABLE ")
        .append(table.name());
    if (partitionOf == null) {
      List<String> lines = columns.stream()
          .filter(column -> !"yes".equals(column.attributes().get("inherited")))
          .map(column -> "  " + column(column))
          .toList();
      text.append(" (").append(lines.isEmpty() ? "" : "\n" + String.join(",\n", lines) + "\n");
      text.append(')');
    } else {
      text.append(" PARTITION OF ").append(partitionOf).append(' ').append(attributes.get("bound"));
    }
    String inherits = attributes.get("inherits");
    if (inherits != null) {
      text.append(" INHERITS (").append(inherits.replace("\n", ", ")).append(')');
    }
    text.append(CreatedObjects.clause(" PARTITION BY ", attributes.get("partition key")));
    String options = attributes.get("options");
    if (options != null) {
      text.append(" WITH (").append(options.replace("\n", ", ")).append(')');
    }
    List<String> up = new ArrayList<>(List.of(text.toString()));
    String alter = "ALTER TABLE " + table.name();
    if (attributes.containsKey("row security")) {
      up.add(alter + " ENABLE ROW LEVEL SECURITY");
    }
    if (attributes.containsKey("row security forced")) {
      up.add(alter + " FORCE ROW LEVEL SECURITY");
    }
    if (attributes.containsKey("replica identity")) {
      up.add(alter + " REPLICA IDENTITY " + identity.toUpperCase(Locale.ROOT));
    }
    return Optional.of(new DraftStep(
        partitionOf == null && inherits == null ? Place.TABLE : Place.PARTITION,
        CreatedObjects.last(table.name()),
        up,
        List.of("DROP TABLE IF EXISTS " + table.name())));
  }

  /** A column of a table that is there. */
  Optional<DraftStep> added(SchemaObject column) {
    String alter = "ALTER TABLE " + column.parent();
    if ("yes".equals(column.attributes().get("inherited"))) {
      return Optional.of(new DraftStep(Place.COLUMN, "", List.of(), List.of()));
    }
    return isKnown(column)
        ? Optional.of(DraftStep.of(
            Place.COLUMN,
            "",
            warning(column) + alter + " ADD COLUMN " + column(column),
            alter + " DROP COLUMN IF EXISTS " + column.name()))
        : Optional.empty();
  }

  /** The trial has no rows, and so cannot tell. */
  private static String warning(SchemaObject column) {
    Set<String> attributes = column.attributes().keySet();
    return attributes.contains("not null")
            && Stream.of("default", "generated", "identity").noneMatch(attributes::contains)
        ? "-- Fails where the table has rows: give it a default, or make it NOT NULL once it is filled.\n"
        : "";
  }

  private static boolean isKnown(SchemaObject column) {
    return CreatedObjects.known(column, COLUMN).isPresent()
        && !"not valid".equals(column.attributes().get("not null"))
        && !"no inherit".equals(column.attributes().get("not null"));
  }

  private String column(SchemaObject column) {
    SortedMap<String, String> attributes = column.attributes();
    StringBuilder text = new StringBuilder(column.name())
        .append(' ')
        .append(attributes.get("type"))
        .append(CreatedObjects.clause(" COLLATE ", attributes.get("collation")))
        .append(CreatedObjects.clause(" DEFAULT ", attributes.get("default")));
    String generated = attributes.get("generated");
    if (generated != null) {
      int kind = generated.lastIndexOf(' ');
      text.append(" GENERATED ALWAYS AS (")
          .append(generated, 0, kind)
          .append(')')
          .append(generated.substring(kind).toUpperCase(Locale.ROOT));
    }
    String identity = attributes.get("identity");
    if (identity != null) {
      text.append(" GENERATED ")
          .append(identity.toUpperCase(Locale.ROOT))
          .append(" AS IDENTITY")
          .append(identityOptions(column));
    }
    if (attributes.containsKey("not null")) {
      text.append(CreatedObjects.clause(" CONSTRAINT ", attributes.get("not null name")))
          .append(" NOT NULL");
    }
    return text.toString();
  }

  /** Said only where the sequence is not as it would be made. */
  private String identityOptions(SchemaObject column) {
    SchemaObject sequence = sequences.get(column.identity());
    if (sequence == null) {
      return "";
    }
    String usual = CreatedObjects.schema(column.parent())
        + CreatedObjects.last(column.parent()).replace("\"", "") + "_"
        + column.name().replace("\"", "") + "_seq";
    String type = sequence.attributes().get("type");
    String options = CreatedObjects.sequenceOptions(sequence)
        .replaceFirst(type == null ? "^$" : "^ AS " + Pattern.quote(type), "");
    String name =
        sequence.name().replace("\"", "").equals(usual) ? "" : " SEQUENCE NAME " + sequence.name();
    String all = (name + options).strip();
    return all.isEmpty() ? "" : " (" + all + ")";
  }
}
