package dev.migrator.internal.schema;

import dev.migrator.internal.schema.DraftStep.Place;
import dev.migrator.report.SchemaObject;
import dev.migrator.report.SchemaObjectKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Writes the statements that create an object which a snapshot has. */
final class CreatedObjects {

  /** Attributes that no statement of ours sets: who has an object is for the role that runs the migration. */
  private static final Set<String> OTHERS = Set.of("owner", "grants", "comment", "position");

  private CreatedObjects() {}

  /**
   * How an object is created that stands alone, but for tables; nothing where that is not known.
   *
   * @param created whether the table that it hangs on is created too
   */
  static Optional<DraftStep> step(SchemaObject object, boolean created) {
    String name = object.name();
    String definition = object.attributes().get("definition");
    return switch (object.kind()) {
      case SCHEMA ->
        known(object, Set.of())
            .map(o ->
                step(Place.SCHEMA, o, "CREATE SCHEMA " + name, "DROP SCHEMA IF EXISTS " + name));
      case EXTENSION ->
        Optional.of(step(
            Place.EXTENSION,
            object,
            "CREATE EXTENSION IF NOT EXISTS " + name + " SCHEMA "
                + object.attributes().get("schema"),
            "DROP EXTENSION IF EXISTS " + name));
      case ENUM_TYPE -> Optional.of(enumType(object));
      case DOMAIN ->
        known(object, Set.of("type", "collation", "default", "not null"))
            .map(CreatedObjects::domain);
      case SEQUENCE -> Optional.of(sequence(object));
      case VIEW, MATERIALIZED_VIEW ->
        known(object, Set.of("definition", "view options", "replica identity"))
            .map(CreatedObjects::view);
      case FUNCTION, PROCEDURE ->
        RoutineText.of(object)
            .map(text ->
                step(Place.FUNCTION, object, text, "DROP " + words(object) + " IF EXISTS " + name));
      case CONSTRAINT -> constraint(object, created);
      case INDEX ->
        known(object, Set.of("definition"))
            .map(o -> created
                ? DraftStep.of(Place.INDEX, last(name), String.valueOf(definition))
                : step(
                    Place.INDEX,
                    o,
                    String.valueOf(definition),
                    "DROP INDEX IF EXISTS " + schema(object.parent()) + name));
      case TRIGGER, RULE ->
        known(object, Set.of("definition"))
            .map(o -> step(
                Place.REST,
                o,
                String.valueOf(definition),
                "DROP " + words(o) + " IF EXISTS " + name + " ON " + o.parent()));
      case STATISTICS ->
        known(object, Set.of("definition"))
            .map(o -> step(
                Place.REST, o, String.valueOf(definition), "DROP STATISTICS IF EXISTS " + name));
      case POLICY -> Optional.of(policy(object));
      default -> Optional.empty();
    };
  }

  /** The object when it has no other attribute than these: nobody can tell how to write the others. */
  static Optional<SchemaObject> known(SchemaObject object, Set<String> attributes) {
    return object.attributes().keySet().stream()
            .allMatch(name -> attributes.contains(name) || OTHERS.contains(name))
        ? Optional.of(object)
        : Optional.empty();
  }

  private static DraftStep step(Place place, SchemaObject object, String up, String down) {
    return DraftStep.of(place, last(object.name()), strip(up), strip(down));
  }

  private static DraftStep enumType(SchemaObject object) {
    String labels =
        String.join(", ", object.attributes().getOrDefault("labels", "").split("\n", -1));
    return step(
        Place.TYPE,
        object,
        "CREATE TYPE " + object.name() + " AS ENUM (" + labels + ")",
        "DROP TYPE IF EXISTS " + object.name());
  }

  private static DraftStep domain(SchemaObject object) {
    SortedMap<String, String> attributes = object.attributes();
    return step(
        Place.TYPE,
        object,
        "CREATE DOMAIN " + object.name() + " AS " + attributes.get("type")
            + clause(" COLLATE ", attributes.get("collation"))
            + clause(" DEFAULT ", attributes.get("default"))
            + (attributes.containsKey("not null") ? " NOT NULL" : ""),
        "DROP DOMAIN IF EXISTS " + object.name());
  }

  private static DraftStep sequence(SchemaObject object) {
    return step(
        Place.SEQUENCE,
        object,
        "CREATE SEQUENCE " + object.name() + sequenceOptions(object),
        "DROP SEQUENCE IF EXISTS " + object.name());
  }

  /** What a sequence has that is not as it would be made. */
  static String sequenceOptions(SchemaObject object) {
    SortedMap<String, String> attributes = object.attributes();
    return clause(" AS ", attributes.get("type"))
        + clause(" INCREMENT BY ", attributes.get("increment"))
        + clause(" MINVALUE ", attributes.get("minimum"))
        + clause(" MAXVALUE ", attributes.get("maximum"))
        + clause(" START WITH ", attributes.get("start"))
        + clause(" CACHE ", attributes.get("cache"))
        + (attributes.containsKey("cycle") ? " CYCLE" : "");
  }

  private static DraftStep view(SchemaObject object) {
    String options = object.attributes().get("view options");
    return step(
        Place.VIEW,
        object,
        "CREATE " + words(object) + " " + object.name()
            + (options == null ? "" : " WITH (" + options.replace("\n", ", ") + ")") + " AS\n"
            + object.attributes().get("definition"),
        "DROP " + words(object) + " IF EXISTS " + object.name());
  }

  private static Optional<DraftStep> constraint(SchemaObject object, boolean created) {
    Map<String, String> attributes = object.attributes();
    if (attributes.containsKey("partition of") || "yes".equals(attributes.get("inherited"))) {
      return Optional.of(new DraftStep(Place.CONSTRAINT, "", List.of(), List.of()));
    }
    String definition = String.valueOf(attributes.get("definition"));
    return known(object, Set.of("definition")).map(o -> {
      String alter = "ALTER TABLE " + o.parent();
      String up = alter + " ADD CONSTRAINT " + o.name() + " " + definition;
      Place place = definition.startsWith("FOREIGN KEY")
          ? Place.REFERENCE
          : definition.startsWith("CHECK") ? Place.CONSTRAINT : Place.KEY;
      return created && place != Place.REFERENCE
          ? DraftStep.of(place, o.name(), up)
          : DraftStep.of(place, o.name(), up, alter + " DROP CONSTRAINT IF EXISTS " + o.name());
    });
  }

  /** A constraint of a domain. */
  static Optional<DraftStep> domainConstraint(SchemaObject object) {
    String alter = "ALTER DOMAIN " + object.parent();
    return known(object, Set.of("definition"))
        .map(o -> step(
            Place.DOMAIN_CHECK,
            o,
            alter + " ADD CONSTRAINT " + o.name() + " " + o.attributes().get("definition"),
            alter + " DROP CONSTRAINT IF EXISTS " + o.name()));
  }

  private static DraftStep policy(SchemaObject object) {
    SortedMap<String, String> attributes = object.attributes();
    List<String> parts = new ArrayList<>();
    parts.add("CREATE POLICY " + object.name() + " ON " + object.parent());
    if (attributes.containsKey("restrictive")) {
      parts.add("AS RESTRICTIVE");
    }
    String command = attributes.get("command");
    if (command != null) {
      parts.add("FOR " + command.toUpperCase(Locale.ROOT));
    }
    String roles = attributes.get("roles");
    if (roles != null) {
      parts.add("TO " + roles);
    }
    String using = attributes.get("using");
    if (using != null) {
      parts.add("USING (" + using + ")");
    }
    String check = attributes.get("check");
    if (check != null) {
      parts.add("WITH CHECK (" + check + ")");
    }
    return step(
        Place.REST,
        object,
        String.join(" ", parts),
        "DROP POLICY IF EXISTS " + object.name() + " ON " + object.parent());
  }

  /** The kind as SQL has it. */
  static String words(SchemaObject object) {
    return object.kind() == SchemaObjectKind.COLUMN
        ? "COLUMN"
        : object.kind().words().toUpperCase(Locale.ROOT);
  }

  static String clause(String keyword, @Nullable String value) {
    return value == null ? "" : keyword + value;
  }

  /** {@code public.} of {@code public.orders}. */
  static String schema(String name) {
    return name.substring(0, name.length() - last(name).length());
  }

  /** A name without its schema and its arguments. */
  static String last(String name) {
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '(') {
        return name.substring(start, i);
      } else if (!quoted && c == '.') {
        start = i + 1;
      }
    }
    return name.substring(start);
  }

  /** Without the semicolon that the server writes behind some definitions. */
  static String strip(String sql) {
    String text = sql.strip();
    return text.endsWith(";") ? text.substring(0, text.length() - 1) : text;
  }
}
