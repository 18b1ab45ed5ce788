package dev.migrator.internal.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The statements that make a schema of many kinds of objects, as a seed decides. All it makes is in the schema, or has the
 * schema's name in its own; it refers to no other one, and to roles that every server has.
 */
final class RandomSchema {

  /** Roles that may own something and be granted something. */
  static final List<String> ROLES = List.of("pg_monitor", "pg_read_all_data", "pg_signal_backend");

  private final String schema;
  private final int major;
  private final Draw draw;
  private final List<String> statements = new ArrayList<>();

  /** Types that columns can have; the schema's own too. */
  private final List<ColumnType> types = new ArrayList<>(ColumnType.SYSTEM);

  private int names;

  private RandomSchema(String schema, int major, Draw draw) {
    this.schema = schema;
    this.major = major;
    this.draw = draw;
  }

  /**
   * The statements, in an order in which they run.
   *
   * @param schema its name, quoted where SQL needs it
   * @param major the server's major version
   */
  static List<String> of(String schema, int major, Draw draw) {
    RandomSchema random = new RandomSchema(schema, major, draw);
    random.make();
    return List.copyOf(random.statements);
  }

  Draw draw() {
    return draw;
  }

  int major() {
    return major;
  }

  List<ColumnType> types() {
    return types;
  }

  void add(String statement) {
    statements.add(statement);
  }

  /** Whether a statement that was made begins so, and holds the other. */
  boolean has(String... parts) {
    return statements.stream().anyMatch(made -> List.of(parts).stream().allMatch(made::contains));
  }

  /** A new name without the schema, quoted now and then. */
  String name(String prefix) {
    String name = prefix + "_" + ++names;
    return draw.chance(6) ? draw.of("\"%s x\"", "\"%s\"\"q\"", "\"%s.É\"").formatted(name) : name;
  }

  /** A name in the schema. */
  String in(String name) {
    return schema + "." + name;
  }

  /** A name that begins with a schema's, for what is in none. */
  String outside(String suffix) {
    return schema.endsWith("\"")
        ? schema.substring(0, schema.length() - 1) + suffix + '"'
        : schema + suffix;
  }

  private void make() {
    add("CREATE SCHEMA " + schema);
    annotate("SCHEMA", schema, "USAGE", "CREATE");
    if (draw.chance(25)) {
      add("ALTER DEFAULT PRIVILEGES IN SCHEMA %s %s"
          .formatted(
              schema,
              draw.of(
                  "GRANT SELECT ON TABLES TO pg_monitor",
                  "GRANT USAGE ON SEQUENCES TO PUBLIC",
                  "GRANT EXECUTE ON FUNCTIONS TO pg_monitor WITH GRANT OPTION",
                  "GRANT USAGE ON TYPES TO pg_read_all_data")));
    }
    new RandomTypes(this).make();
    sequences();
    RandomCode code = new RandomCode(this);
    code.functions();
    List<RandomTables.Table> tables = new RandomTables(this).make();
    new RandomPartitions(this).make(tables);
    code.onTables(tables);
    RandomViews views = new RandomViews(this);
    views.make(tables);
    views.outside(tables);
  }

  private void sequences() {
    for (int i = draw.between(0, 2); i > 0; i--) {
      String sequence = in(name("seq"));
      add("CREATE SEQUENCE %s%s%s%s%s%s"
          .formatted(
              sequence,
              draw.maybe(30, draw.of(" AS smallint", " AS integer")),
              draw.maybe(40, draw.of(" INCREMENT 3", " INCREMENT -1")),
              draw.maybe(20, " CACHE 5"),
              draw.maybe(20, " CYCLE"),
              draw.maybe(10, " NO MINVALUE")));
      annotate("SEQUENCE", sequence, "USAGE", "SELECT");
    }
  }

  /** Perhaps a comment, an owner and grants. */
  void annotate(String kind, String name, String... privileges) {
    if (draw.chance(25)) {
      add("COMMENT ON %s %s IS %s"
          .formatted(
              kind, name, draw.of("'why'", "'it''s so'", "E'two\\n-- lines'", "'ä $$ \\ %s'")));
    }
    if (draw.chance(12)) {
      add("ALTER %s %s OWNER TO %s".formatted(kind, name, draw.of(ROLES)));
    }
    if (privileges.length > 0 && draw.chance(25)) {
      add("GRANT %s ON %s %s TO %s%s"
          .formatted(
              draw.of(draw.of(privileges), "ALL"),
              kind.replace("MATERIALIZED VIEW", "TABLE")
                  .replaceFirst("^(FOREIGN TABLE|VIEW)$", "TABLE"),
              name,
              draw.of(ROLES),
              draw.maybe(30, " WITH GRANT OPTION")));
    }
  }

  /** An expression of each name, separated by commas. */
  static String list(List<String> names) {
    return names.stream().collect(Collectors.joining(", "));
  }

  IntStream times(int least, int most) {
    return IntStream.range(0, draw.between(least, most));
  }
}
