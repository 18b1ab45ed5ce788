package dev.migrator.verify;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.CommandFailedException;
import dev.migrator.internal.jdbc.Session;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables of a database with the files that hold their rows; a rewrite gives a table another file.
 *
 * @param files names and files, by oid
 */
record StoredTables(Map<Long, File> files) {

  private static final String QUERY = """
      select c.oid, pg_catalog.quote_ident(n.nspname) operator(pg_catalog.||) '.'
          operator(pg_catalog.||) pg_catalog.quote_ident(c.relname), c.relfilenode
        from pg_catalog.pg_class c
        join pg_catalog.pg_namespace n on n.oid operator(pg_catalog.=) c.relnamespace
       where c.relkind operator(pg_catalog.=) any (array['r', 'm']::"char"[])
         and n.nspname operator(pg_catalog.<>) 'information_schema'
         and n.nspname operator(pg_catalog.!~~) 'pg\\_%'
      """;

  /** A table and its file. */
  record File(String table, long node) {}

  static StoredTables of(Stage stage) {
    return stage.look(StoredTables::of);
  }

  private static StoredTables of(Session session) {
    try {
      return new StoredTables(session
          .query(
              Command.of(QUERY),
              row -> Map.entry(row.number(1), new File(row.text(2), row.number(3))))
          .stream()
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    } catch (CommandFailedException e) {
      throw Session.unanswered("reading where tables are stored", e);
    }
  }

  /** The tables that have another file there, by their names there, ordered. */
  List<String> rewrittenIn(StoredTables later) {
    return later.files().entrySet().stream()
        .filter(entry -> {
          File before = files.get(entry.getKey());
          return before != null && before.node() != entry.getValue().node();
        })
        .map(entry -> entry.getValue().table())
        .sorted()
        .toList();
  }
}
