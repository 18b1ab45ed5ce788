package dev.migrator.internal.schema;

/** The queries for tables, views, columns and sequences. */
final class RelationQueries {

  /** An index is named as long as it exists; without it the table has no replica identity. */
  static final String TABLES = """
      SELECT CASE r.relkind WHEN 'f' THEN 'foreign table' WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
                            ELSE 'table' END AS kind,
             '' AS parent, r.name, 'pg_class' AS catalog, r.oid, 0 AS sub,
             r.relowner::regrole AS "owner",
             CASE r.relpersistence WHEN 'u' THEN 'unlogged' END AS "persistence",
             CASE WHEN r.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(r.oid) END AS "partition key",
             CASE WHEN r.relispartition THEN i.parents END AS "partition of",
             CASE WHEN r.relispartition THEN pg_catalog.pg_get_expr(r.relpartbound, 0) END AS "bound",
             CASE WHEN i.detaching THEN 'pending' END AS "detachment",
             CASE WHEN NOT r.relispartition THEN i.parents END AS "inherits",
             CASE WHEN r.reloftype <> 0 THEN pg_catalog.format_type(r.reloftype, NULL) END AS "of type",
             CASE WHEN r.relrowsecurity THEN 'enabled' END AS "row security",
             CASE WHEN r.relforcerowsecurity THEN 'yes' END AS "row security forced",
             CASE WHEN r.relkind IN ('v', 'm') THEN pg_catalog.ltrim(pg_catalog.pg_get_viewdef(r.oid)) END AS "definition",
             CASE WHEN r.relkind = 'v' THEN %{lines r.reloptions} END AS "view options",
             CASE WHEN r.relkind <> 'v' THEN %{lines r.reloptions} END AS "options",
             %{lines toast.reloptions} AS "toast options",
             CASE WHEN r.relkind IN ('r', 'p', 'm')
                  THEN CASE r.relreplident WHEN 'f' THEN 'full' WHEN 'n' THEN 'nothing'
                                           WHEN 'i' THEN coalesce('index ' || identity.name, 'nothing') END
                  END AS "replica identity",
             t.spcname AS "tablespace",
             nullif(am.amname, 'heap') AS "access method",
             pg_catalog.quote_ident(s.srvname) AS "server",
             %{options f.ftoptions} AS "foreign options"
        FROM relation r
        LEFT JOIN (SELECT h.inhrelid,
                          pg_catalog.string_agg(h.inhparent::regclass::text, pg_catalog.chr(10) ORDER BY h.inhseqno) AS parents,
                          pg_catalog.bool_or(h.inhdetachpending) AS detaching
                     FROM pg_catalog.pg_inherits h
                    GROUP BY h.inhrelid) i ON i.inhrelid = r.oid
        LEFT JOIN (SELECT x.indrelid, pg_catalog.quote_ident(c.relname) AS name
                     FROM pg_catalog.pg_index x
                     JOIN pg_catalog.pg_class c ON c.oid = x.indexrelid
                    WHERE x.indisreplident) identity ON identity.indrelid = r.oid
        LEFT JOIN pg_catalog.pg_class toast ON toast.oid = r.reltoastrelid
        LEFT JOIN pg_catalog.pg_tablespace t ON t.oid = r.reltablespace
        LEFT JOIN pg_catalog.pg_am am ON am.oid = r.relam
        LEFT JOIN pg_catalog.pg_foreign_table f ON f.ftrelid = r.oid
        LEFT JOIN pg_catalog.pg_foreign_server s ON s.oid = f.ftserver
       WHERE r.relkind IN ('r', 'p', 'f', 'v', 'm')
      """;

  /**
   * {@link ColumnPositions} adds where each stands. A default names no column, so that the server need not open the table to
   * spell it, which takes longer than all the rest. A partition never has columns of its own, so there it does not matter
   * whether a column is inherited.
   */
  static final String COLUMNS = """
      SELECT 'column' AS kind, r.name AS parent, pg_catalog.quote_ident(a.attname) AS name,
             'pg_class' AS catalog, r.oid, a.attnum AS sub,
             pg_catalog.format_type(a.atttypid, a.atttypmod) AS "type",
             CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
                  THEN a.attcollation::regcollation END AS "collation",
      /*<18*/CASE WHEN a.attnotnull THEN 'yes' END AS "not null",
      /*>=18*/CASE WHEN a.attnotnull THEN CASE WHEN NOT n.convalidated THEN 'not valid'
      /*>=18*/                                 WHEN n.connoinherit THEN 'no inherit' ELSE 'yes' END END AS "not null",
      /*>=18*/nullif(pg_catalog.quote_ident(n.conname),
      /*>=18*/       pg_catalog.quote_ident(r.relname || '_' || a.attname || '_not_null')) AS "not null name",
      /*>=18*/CASE WHEN n.coninhcount > 0 AND NOT r.relispartition
      /*>=18*/     THEN CASE WHEN n.conislocal THEN 'merged' ELSE 'yes' END END AS "not null inherited",
      /*>=18*/CASE WHEN n.oid IS NOT NULL
      /*>=18*/     THEN pg_catalog.obj_description(n.oid, 'pg_constraint') END AS "not null comment",
             CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, 0) END AS "default",
             CASE a.attgenerated WHEN 's' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' stored'
                                 WHEN 'v' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) || ' virtual' END AS "generated",
             CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS "identity",
             CASE WHEN r.relkind IN ('r', 'p', 'm', 'f') AND a.attstorage <> t.typstorage
                  THEN CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
                                         WHEN 'x' THEN 'extended' END END AS "storage",
             CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END AS "compression",
             nullif(a.attstattarget, -1) AS "statistics target",
             %{lines a.attoptions} AS "options",
             %{options a.attfdwoptions} AS "foreign options",
             CASE WHEN a.attinhcount > 0 AND NOT r.relispartition
                  THEN CASE WHEN a.attislocal THEN 'merged' ELSE 'yes' END END AS "inherited"
        FROM relation r
        JOIN pg_catalog.pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
        LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      /*>=18*/LEFT JOIN pg_catalog.pg_constraint n
      /*>=18*/  ON n.conrelid = a.attrelid AND n.contype = 'n' AND n.conkey[1] = a.attnum
       WHERE r.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
      """;

  /** What a sequence has without being told depends on its type and on the sign of its increment (CREATE SEQUENCE). */
  static final String SEQUENCES = """
      SELECT 'sequence' AS kind, '' AS parent, r.name, 'pg_class' AS catalog, r.oid, 0 AS sub,
             r.relowner::regrole AS "owner",
             CASE r.relpersistence WHEN 'u' THEN 'unlogged' END AS "persistence",
             CASE WHEN s.seqtypid <> 'pg_catalog.int8'::regtype
                  THEN pg_catalog.format_type(s.seqtypid, NULL) END AS "type",
             nullif(s.seqincrement, 1) AS "increment",
             nullif(s.seqmin, CASE WHEN s.seqincrement > 0 THEN 1 ELSE - limits.most - 1 END) AS "minimum",
             nullif(s.seqmax, CASE WHEN s.seqincrement > 0 THEN limits.most ELSE -1 END) AS "maximum",
             nullif(s.seqstart, CASE WHEN s.seqincrement > 0 THEN s.seqmin ELSE s.seqmax END) AS "start",
             nullif(s.seqcache, 1) AS "cache",
             CASE WHEN s.seqcycle THEN 'yes' END AS "cycle",
             CASE WHEN d.deptype = 'a' THEN d.refobjid::regclass || '.' || pg_catalog.quote_ident(a.attname) END AS "owned by",
             CASE WHEN d.deptype = 'i' THEN d.refobjid::regclass || '.' || pg_catalog.quote_ident(a.attname) END AS "identity of"
        FROM relation r
        JOIN pg_catalog.pg_sequence s ON s.seqrelid = r.oid
       CROSS JOIN LATERAL (SELECT CASE s.seqtypid WHEN 'pg_catalog.int2'::regtype THEN 32767
                                                  WHEN 'pg_catalog.int4'::regtype THEN 2147483647
                                                  ELSE 9223372036854775807 END AS most) limits
        LEFT JOIN pg_catalog.pg_depend d
          ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = r.oid AND d.objsubid = 0
         AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
        LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
      """;

  private RelationQueries() {}
}
