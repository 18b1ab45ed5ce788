package dev.migrator.internal.schema;

/** The queries for what hangs on a table: constraints, indexes, triggers, rules, policies, statistics. */
final class TableQueries {

  /**
   * Left out: constraint triggers (shown as triggers), NOT NULL (an attribute of its column, which only PostgreSQL 18 also
   * keeps here), and the foreign keys that the server makes for partitions. The index of a partition's constraint may be
   * part of an index of the parent that is no constraint. Whether a check that is only inherited is valid depends on whether the
   * parent or the child had it first, which a dump turns round; the parent shows it.
   */
  static final String CONSTRAINTS = """
      SELECT 'constraint' AS kind, coalesce(r.name, t.name) AS parent, pg_catalog.quote_ident(k.conname) AS name,
             'pg_constraint' AS catalog, k.oid, 0 AS sub,
             CASE WHEN k.contype = 'c' AND NOT k.conislocal
                  THEN pg_catalog.regexp_replace(pg_catalog.pg_get_constraintdef(k.oid), ' NOT VALID$', '')
                  ELSE %{definition pg_catalog.pg_get_constraintdef(k.oid)} END AS "definition",
             CASE WHEN k.contype = 'c' AND k.coninhcount > 0
                  THEN CASE WHEN k.conislocal THEN 'merged' ELSE 'yes' END END AS "inherited",
             coalesce(p.conrelid::regclass || '.' || pg_catalog.quote_ident(p.conname), h.inhparent::regclass::text) AS "partition of",
             CASE WHEN NOT x.indisvalid THEN 'no' END AS "valid",
             CASE WHEN x.indisclustered THEN 'yes' END AS "clustered",
             %{lines i.reloptions} AS "options",
             s.spcname AS "tablespace",
             b.description AS "index comment"
        FROM pg_catalog.pg_constraint k
        LEFT JOIN relation r ON r.oid = k.conrelid
        LEFT JOIN type t ON t.oid = k.contypid AND t.typtype = 'd'
        LEFT JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid
        LEFT JOIN pg_catalog.pg_class i ON i.oid = k.conindid AND k.contype IN ('p', 'u', 'x')
        LEFT JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
        LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.oid
        LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = i.reltablespace
        LEFT JOIN pg_catalog.pg_description b
          ON b.classoid = 'pg_catalog.pg_class'::regclass AND b.objoid = i.oid AND b.objsubid = 0
       WHERE k.contype NOT IN ('t', 'n') AND coalesce(r.name, t.name) IS NOT NULL
         AND NOT (k.contype = 'f' AND k.conparentid <> 0)
      """;

  static final String INDEXES = """
      SELECT 'index' AS kind, r.name AS parent, pg_catalog.quote_ident(i.relname) AS name,
             'pg_class' AS catalog, i.oid, 0 AS sub,
             %{definition pg_catalog.pg_get_indexdef(i.oid)} AS "definition",
             p.inhparent::regclass AS "partition of",
             CASE WHEN NOT x.indisvalid THEN 'no' END AS "valid",
             CASE WHEN x.indisclustered THEN 'yes' END AS "clustered",
             %{lines i.reloptions} AS "options",
             s.spcname AS "tablespace",
             CASE WHEN x.indexprs IS NOT NULL
                  THEN (SELECT pg_catalog.string_agg('column ' || a.attnum || ': ' || a.attstattarget, pg_catalog.chr(10)
                                                     ORDER BY a.attnum)
                          FROM pg_catalog.pg_attribute a
                         WHERE a.attrelid = i.oid AND a.attstattarget >= 0 AND a.attnum > 0) END AS "statistics target"
        FROM relation r
        JOIN pg_catalog.pg_index x ON x.indrelid = r.oid
        JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid
        LEFT JOIN pg_catalog.pg_inherits p ON p.inhrelid = i.oid
        LEFT JOIN pg_catalog.pg_tablespace s ON s.oid = i.reltablespace
       WHERE r.relkind IN ('r', 'p', 'm', 'f')
         AND NOT EXISTS (SELECT
                           FROM pg_catalog.pg_constraint k
                          WHERE k.conindid = i.oid AND k.conrelid = r.oid AND k.contype IN ('p', 'u', 'x'))
      """;

  /** A partition's copy of a trigger is the server's own, unless somebody switched it alone. */
  static final String TRIGGERS = """
      SELECT 'trigger' AS kind, r.name AS parent, pg_catalog.quote_ident(t.tgname) AS name,
             'pg_trigger' AS catalog, t.oid, 0 AS sub,
             pg_catalog.pg_get_triggerdef(t.oid) AS "definition",
             CASE t.tgenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS "enabled",
             CASE WHEN t.tgparentid <> 0 THEN p.tgrelid::regclass || '.' || pg_catalog.quote_ident(p.tgname) END AS "partition of"
        FROM relation r
        JOIN pg_catalog.pg_trigger t ON t.tgrelid = r.oid
        LEFT JOIN pg_catalog.pg_trigger p ON p.oid = t.tgparentid
       WHERE CASE WHEN t.tgparentid = 0 THEN NOT t.tgisinternal
                  ELSE NOT p.tgisinternal AND t.tgenabled <> p.tgenabled END
      """;

  static final String RULES = """
      SELECT 'rule' AS kind, r.name AS parent, pg_catalog.quote_ident(w.rulename) AS name,
             'pg_rewrite' AS catalog, w.oid, 0 AS sub,
             pg_catalog.pg_get_ruledef(w.oid) AS "definition",
             CASE w.ev_enabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS "enabled"
        FROM relation r
        JOIN pg_catalog.pg_rewrite w ON w.ev_class = r.oid
       WHERE w.rulename <> '_RETURN'
      """;

  static final String POLICIES = """
      SELECT 'policy' AS kind, r.name AS parent, pg_catalog.quote_ident(p.polname) AS name,
             'pg_policy' AS catalog, p.oid, 0 AS sub,
             CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update' WHEN 'd' THEN 'delete'
                  END AS "command",
             CASE WHEN NOT p.polpermissive THEN 'yes' END AS "restrictive",
             CASE WHEN p.polroles <> '{0}'
                  THEN (SELECT pg_catalog.string_agg(CASE m WHEN 0 THEN 'public' ELSE m::regrole::text END, ', '
                                                     ORDER BY CASE m WHEN 0 THEN 'public' ELSE m::regrole::text END COLLATE "C")
                          FROM pg_catalog.unnest(p.polroles) AS m) END AS "roles",
             pg_catalog.pg_get_expr(p.polqual, p.polrelid) AS "using",
             pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid) AS "check"
        FROM relation r
        JOIN pg_catalog.pg_policy p ON p.polrelid = r.oid
      """;

  static final String STATISTICS = """
      SELECT 'statistics' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(e.stxname) AS name,
             'pg_statistic_ext' AS catalog, e.oid, 0 AS sub,
             e.stxowner::regrole AS "owner",
             pg_catalog.pg_get_statisticsobjdef(e.oid) AS "definition",
             nullif(e.stxstattarget, -1) AS "statistics target"
        FROM pg_catalog.pg_statistic_ext e
        JOIN space s ON s.oid = e.stxnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_statistic_ext'::regclass AND m.objid = e.oid)
      """;

  private TableQueries() {}
}
