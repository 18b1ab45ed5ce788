package dev.migrator.internal.schema;

import dev.migrator.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Single changes to random schemas, found in the catalog by the queries of {@code mutations.sql}. Thread-safe. */
final class Mutations {

  private static final Path FILE = Path.of("src/test/resources/dump/mutations.sql");

  private static final String COMMON = """
      WITH sp AS MATERIALIZED (
        SELECT oid, nspname FROM pg_namespace WHERE nspname ~ '[Ss]ch.[0-9]+'),
      rel AS MATERIALIZED (
        SELECT c.*, c.oid::regclass AS id
          FROM pg_class c JOIN sp ON sp.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')),
      col AS MATERIALIZED (
        SELECT a.*, r.relkind, r.id, r.relnamespace, r.relispartition, r.relowner, r.relpersistence,
               quote_ident(a.attname) AS qn, pg_get_expr(d.adbin, d.adrelid) AS dflt, t.typstorage
          FROM rel r
          JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
          JOIN pg_type t ON t.oid = a.atttypid
          LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
         WHERE r.relkind <> 'S'),
      con AS MATERIALIZED (
        SELECT k.*, k.conrelid::regclass AS id, quote_ident(k.conname) AS qn
          FROM pg_constraint k JOIN sp ON sp.oid = k.connamespace
         WHERE k.contype NOT IN ('n', 't')),
      idx AS MATERIALIZED (
        SELECT c.*, x.*, c.oid::regclass AS id,
               EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = c.oid AND k.contype IN ('p', 'u', 'x')) AS has_constraint
          FROM pg_class c JOIN sp ON sp.oid = c.relnamespace JOIN pg_index x ON x.indexrelid = c.oid
         WHERE c.relkind IN ('i', 'I')),
      fun AS MATERIALIZED (
        SELECT p.*, p.oid::regprocedure AS id
          FROM pg_proc p JOIN sp ON sp.oid = p.pronamespace
         WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'i' AND d.classid = 'pg_proc'::regclass)),
      typ AS MATERIALIZED (
        SELECT t.*, t.oid::regtype AS id
          FROM pg_type t JOIN sp ON sp.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
         WHERE t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c')
      """;

  /** A kind of change, and the change. */
  record Mutation(String kind, String sql) {

    @Override
    public String toString() {
      return kind + ": " + sql;
    }
  }

  private final Map<String, String> queries = new LinkedHashMap<>();
  private final String all;
  private final Map<String, Integer> applied = new ConcurrentHashMap<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();

  Mutations() {
    for (String block : read().split("(?m)^-- (?=[a-z])")) {
      if (!block.startsWith("--")) {
        String[] parts = block.split("\n", 2);
        queries.put(parts[0].strip(), parts[1].strip());
      }
    }
    all = queries.entrySet().stream()
        .map(query -> "SELECT '" + query.getKey().replace("'", "''") + "', m FROM ("
            + query.getValue() + ") AS q (m)")
        .collect(Collectors.joining("\nUNION ALL\n", COMMON, ""));
  }

  private static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes one change in each schema; of those that are possible, the kind that was made least. */
  Map<String, Mutation> apply(TestDatabase database, Draw draw) {
    Map<String, Map<String, List<String>>> candidates = new TreeMap<>();
    for (List<String> row : database.query(all + " ORDER BY 1, 2")) {
      candidates
          .computeIfAbsent(DumpText.schemaOf(row.get(1)), schema -> new TreeMap<>())
          .computeIfAbsent(row.get(0), kind -> new ArrayList<>())
          .add(row.get(1));
    }
    candidates.remove("");
    Map<String, Mutation> made = new TreeMap<>();
    // Other threads go on counting; what is sorted by must stay the same while it is.
    Map<String, Integer> counts = Map.copyOf(applied);
    candidates.forEach((schema, kinds) -> {
      List<String> order = new ArrayList<>(draw.some(kinds.size(), List.copyOf(kinds.keySet())));
      order.sort(Comparator.comparing(kind -> counts.getOrDefault(kind, 0)));
      for (String kind : order) {
        Mutation mutation = new Mutation(kind, draw.of(kinds.getOrDefault(kind, List.of())));
        if (isDone(database, mutation)) {
          applied.merge(kind, 1, Integer::sum);
          made.put(schema, mutation);
          return;
        }
      }
    });
    return made;
  }

  /** Some are refused, for example because a view needs the column. */
  private boolean isDone(TestDatabase database, Mutation mutation) {
    try {
      RandomDatabase.run(database.dataSource(), List.of(mutation.sql()));
      return true;
    } catch (IllegalStateException e) {
      refused.put(mutation.kind(), String.valueOf(e.getMessage()));
      return false;
    }
  }

  /** The kinds that nothing was changed by, each with why. */
  List<String> neverMade() {
    return queries.keySet().stream()
        .filter(kind -> !applied.containsKey(kind))
        .map(kind -> kind + ": " + refused.getOrDefault(kind, "nothing to change"))
        .toList();
  }

  int kinds() {
    return queries.size();
  }

  @Override
  public String toString() {
    return applied.values().stream().mapToInt(Integer::intValue).sum() + " changes of "
        + applied.size() + " kinds of " + queries.size();
  }
}
