package dev.migrator.internal.schema;

/** The query for what comes with the server or an extension, and was changed here. */
final class SuppliedQueries {

  /**
   * Who has other privileges than an object was supplied with: what pg_dump writes of such objects. Their comments are the
   * extension's or the server's, so the rows name no catalog. Once granted or revoked, a list is never missing again.
   */
  static final String SUPPLIED_OBJECTS = """
      , listed AS (
        SELECT c.oid, c.relowner AS owner, c.relacl AS acl, CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char" AS kind
          FROM pg_catalog.pg_class c
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
           AND (c.relnamespace = 'pg_catalog'::regnamespace
                OR c.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_class'::regclass))),
      granted AS (
        SELECT 'pg_catalog.pg_class'::regclass AS classid, c.oid, 0 AS sub, c.owner, c.acl, c.kind
          FROM listed c
         WHERE c.acl IS NOT NULL
         UNION ALL
        SELECT 'pg_catalog.pg_class'::regclass, c.oid, a.attnum, c.owner, a.attacl, 'c'::"char"
          FROM listed c
         CROSS JOIN LATERAL (SELECT a.attnum, a.attacl
                               FROM pg_catalog.pg_attribute a
                              WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL
                             OFFSET 0) a
         UNION ALL
        SELECT 'pg_catalog.pg_proc'::regclass, p.oid, 0, p.proowner, p.proacl, 'f'::"char"
          FROM pg_catalog.pg_proc p
         WHERE p.proacl IS NOT NULL
           AND (p.pronamespace = 'pg_catalog'::regnamespace
                OR p.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_proc'::regclass))
         UNION ALL
        SELECT 'pg_catalog.pg_type'::regclass, t.oid, 0, t.typowner, t.typacl, 'T'::"char"
          FROM pg_catalog.pg_type t
         WHERE t.typacl IS NOT NULL
           AND (t.typnamespace = 'pg_catalog'::regnamespace
                OR t.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_type'::regclass))
         UNION ALL
        SELECT 'pg_catalog.pg_language'::regclass, l.oid, 0, l.lanowner, l.lanacl, 'l'::"char"
          FROM pg_catalog.pg_language l
         WHERE l.lanacl IS NOT NULL AND l.lanispl
           AND (l.oid < 16384
                OR l.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_language'::regclass))
         UNION ALL
        SELECT 'pg_catalog.pg_namespace'::regclass, n.oid, 0, n.nspowner, n.nspacl, 'n'::"char"
          FROM pg_catalog.pg_namespace n
         WHERE n.nspacl IS NOT NULL
           AND (n.nspname = 'pg_catalog'
                OR n.oid IN (SELECT m.objid FROM member m WHERE m.classid = 'pg_catalog.pg_namespace'::regclass))
         UNION ALL
        SELECT m.classid, w.oid, 0, w.fdwowner, w.fdwacl, 'F'::"char"
          FROM member m
          JOIN pg_catalog.pg_foreign_data_wrapper w
            ON m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND w.oid = m.objid
         WHERE w.fdwacl IS NOT NULL
         UNION ALL
        SELECT m.classid, f.oid, 0, f.srvowner, f.srvacl, 'S'::"char"
          FROM member m
          JOIN pg_catalog.pg_foreign_server f
            ON m.classid = 'pg_catalog.pg_foreign_server'::regclass AND f.oid = m.objid
         WHERE f.srvacl IS NOT NULL),
      changed AS (
        SELECT g.classid, g.oid, g.sub, g.owner, g.acl,
               coalesce(i.initprivs, pg_catalog.acldefault(g.kind, g.owner)) AS usual
          FROM granted g
          LEFT JOIN pg_catalog.pg_init_privs i ON i.classoid = g.classid AND i.objoid = g.oid AND i.objsubid = g.sub
         WHERE g.acl IS DISTINCT FROM i.initprivs)
      SELECT 'supplied object' AS kind, '' AS parent, n.type || ' ' || n.identity AS name, 'none' AS catalog, o.oid, o.sub,
             o.grants AS "grants"
        FROM (SELECT o.*,
                     (SELECT pg_catalog.string_agg(coalesce(now.who, usual.who) || ': ' || coalesce(now.what, 'nothing'),
                                                   pg_catalog.chr(10) ORDER BY coalesce(now.who, usual.who) COLLATE "C")
                        FROM (%{privileges o.acl}) now
                        FULL JOIN (%{privileges o.usual}) usual ON usual.who = now.who
                       WHERE now.what IS DISTINCT FROM usual.what) AS grants
                FROM changed o) o
       CROSS JOIN LATERAL pg_catalog.pg_identify_object(o.classid, o.oid, o.sub) n
       WHERE o.grants IS NOT NULL
      """;

  private SuppliedQueries() {}
}
