package dev.migrator.internal.rows;

import dev.migrator.internal.jdbc.Command;
import dev.migrator.internal.jdbc.Session;
import java.util.HashSet;
import java.util.Set;

/** The tables whose rows a trigger may write anew whenever they are updated. */
final class TouchTriggers {

  /** Bits of tgtype: for each row, before, update. */
  private static final Command TOUCHED = Command.of("""
      SELECT n.nspname, c.relname
        FROM pg_catalog.pg_trigger t
        JOIN pg_catalog.pg_class c ON c.oid OPERATOR(pg_catalog.=) t.tgrelid
        JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
       WHERE NOT t.tgisinternal
         AND (t.tgtype::pg_catalog.int4 OPERATOR(pg_catalog.&) 19) OPERATOR(pg_catalog.=) 19""");

  private TouchTriggers() {}

  static Set<TableName> tables(Session session) {
    return new HashSet<>(session.query(TOUCHED, row -> new TableName(row.text(1), row.text(2))));
  }
}
