package dev.migrator.internal.schema;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Row;
import dev.migrator.internal.text.Identifiers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What there is to be read: the schemas that count, and of which families there may be objects. Most schemas have objects
 * of a third of the families only, and to parse and plan a query that finds nothing takes the server as long as one that
 * finds something.
 */
final class Census {

  private static final String SPACE = """
      WITH space AS MATERIALIZED (
        SELECT n.oid, n.nspname
          FROM (SELECT $1::text[] AS names) chosen
         CROSS JOIN pg_catalog.pg_namespace n
         WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
           AND (chosen.names = '{}' OR n.nspname = ANY (chosen.names)))
      SELECT 'schema' AS what, n.oid::text AS value, n.nspname::text AS name FROM space n
       UNION ALL
      SELECT 'own', pg_catalog.quote_ident(o.schema) || '.' || pg_catalog.quote_ident(t), ''
        FROM (SELECT $2::text AS schema, $3::text[] AS names) o, pg_catalog.unnest(o.names) AS t
       UNION ALL
      SELECT 'version', pg_catalog.current_setting('server_version_num'), ''
      """;

  private static final String SQL = SPACE
      + Arrays.stream(CatalogFamily.values()).map(Census::presence).collect(Collectors.joining());

  private final List<String> names = new ArrayList<>();
  private final List<String> oids = new ArrayList<>();
  private final Set<String> own = new HashSet<>();
  private final Set<CatalogFamily> families = EnumSet.noneOf(CatalogFamily.class);
  private int serverMajor;

  private static String presence(CatalogFamily family) {
    return " UNION ALL\nSELECT 'family', '" + family + "', '' WHERE EXISTS (SELECT "
        + family.presence("ARRAY(SELECT oid FROM space)") + ")\n";
  }

  /** The question. */
  static Command of(SnapshotScope scope) {
    return Command.of(
        SQL,
        Identifiers.array(scope.schemas()),
        scope.own().schema(),
        Identifiers.array(scope.own().names()));
  }

  /** Takes a row of the answer. */
  void take(Row row) {
    String value = row.text(2);
    switch (row.text(1)) {
      case "schema" -> {
        oids.add(value);
        names.add(row.text(3));
      }
      case "own" -> own.add(value);
      case "version" -> serverMajor = Integer.parseInt(value) / 10_000;
      default -> families.add(CatalogFamily.valueOf(value));
    }
  }

  int serverMajor() {
    return serverMajor;
  }

  /** The schemas that count. */
  List<String> names() {
    return names;
  }

  /** Their oids, as an array literal. */
  String oids() {
    return oids.stream().collect(Collectors.joining(",", "{", "}"));
  }

  /** The full names of what the engine keeps there. */
  Set<String> own() {
    return own;
  }

  /** Those of which there may be objects, in their order. */
  Collection<CatalogFamily> families() {
    return families;
  }
}
