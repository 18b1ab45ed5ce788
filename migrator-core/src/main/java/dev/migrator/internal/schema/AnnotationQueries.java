package dev.migrator.internal.schema;

/**
 * The queries for what any object can carry, by catalog, oid and column: comments, security labels, extensions, grants. Once for
 * all objects, because a look for each takes longer than everything else.
 */
final class AnnotationQueries {

  /** Objects of the system are commented by the thousand; three that count are the system's by their numbers. */
  static final String COMMENTS = """
      SELECT 'comment' AS attribute, d.classoid::regclass AS catalog, d.objoid AS oid, d.objsubid AS sub, d.description AS value
        FROM pg_catalog.pg_description d
       WHERE d.objoid >= 16384
          OR d.classoid IN ('pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_extension'::regclass)
      """;

  static final String SECURITY_LABELS = """
      SELECT 'security labels' AS attribute, l.classoid::regclass AS catalog, l.objoid AS oid, l.objsubid AS sub,
             pg_catalog.string_agg(l.provider || ': ' || l.label, pg_catalog.chr(10) ORDER BY l.provider COLLATE "C") AS value
        FROM pg_catalog.pg_seclabel l
       GROUP BY l.classoid, l.objoid, l.objsubid
      """;

  /** What goes with an extension, whose member it is not. The constraint shows what its index depends on. */
  static final String EXTENSIONS = """
      SELECT 'depends on extension' AS attribute,
             CASE WHEN k.oid IS NULL THEN d.classid::regclass::text ELSE 'pg_constraint' END AS catalog,
             coalesce(k.oid, d.objid) AS oid, 0 AS sub,
             pg_catalog.string_agg(pg_catalog.quote_ident(e.extname), ', ' ORDER BY e.extname COLLATE "C") AS value
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_depend d
          ON d.refclassid = 'pg_catalog.pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'x'
        LEFT JOIN pg_catalog.pg_constraint k
          ON d.classid = 'pg_catalog.pg_class'::regclass AND k.conindid = d.objid AND k.contype IN ('p', 'u', 'x')
       GROUP BY 2, 3
      """;

  /**
   * A line for each whose privileges are not the usual ones of such an object. The catalog spells the usual ones or does
   * not, depending on what was granted before. Many objects have the same list, which is read once.
   */
  static final String GRANTS = """
      , object AS MATERIALIZED (
        SELECT 'pg_class' AS catalog, c.oid, 0 AS sub, c.relowner AS owner, c.relacl AS acl,
               pg_catalog.acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner) AS usual
          FROM pg_catalog.pg_class c
          JOIN space s ON s.oid = c.relnamespace
         WHERE c.relacl IS NOT NULL
         UNION ALL
        SELECT 'pg_class', a.attrelid, a.attnum, c.relowner, a.attacl, pg_catalog.acldefault('c', c.relowner)
          FROM pg_catalog.pg_attribute a
          JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
          JOIN space s ON s.oid = c.relnamespace
         WHERE a.attacl IS NOT NULL
         UNION ALL
        SELECT 'pg_proc', p.oid, 0, p.proowner, p.proacl, pg_catalog.acldefault('f', p.proowner)
          FROM pg_catalog.pg_proc p
          JOIN space s ON s.oid = p.pronamespace
         WHERE p.proacl IS NOT NULL
         UNION ALL
        SELECT 'pg_type', t.oid, 0, t.typowner, t.typacl, pg_catalog.acldefault('T', t.typowner)
          FROM pg_catalog.pg_type t
          JOIN space s ON s.oid = t.typnamespace
         WHERE t.typacl IS NOT NULL
         UNION ALL
        SELECT 'pg_namespace', n.oid, 0, n.nspowner, n.nspacl, pg_catalog.acldefault('n', n.nspowner)
          FROM pg_catalog.pg_namespace n
          JOIN space s ON s.oid = n.oid
         WHERE n.nspacl IS NOT NULL
         UNION ALL
        SELECT 'pg_language', l.oid, 0, l.lanowner, l.lanacl, pg_catalog.acldefault('l', l.lanowner)
          FROM pg_catalog.pg_language l
         WHERE l.lanacl IS NOT NULL
         UNION ALL
        SELECT 'pg_foreign_data_wrapper', w.oid, 0, w.fdwowner, w.fdwacl, pg_catalog.acldefault('F', w.fdwowner)
          FROM pg_catalog.pg_foreign_data_wrapper w
         WHERE w.fdwacl IS NOT NULL
         UNION ALL
        SELECT 'pg_foreign_server', f.oid, 0, f.srvowner, f.srvacl, pg_catalog.acldefault('S', f.srvowner)
          FROM pg_catalog.pg_foreign_server f
         WHERE f.srvacl IS NOT NULL
         UNION ALL
        SELECT 'pg_default_acl', d.oid, 0, d.defaclrole, d.defaclacl,
               pg_catalog.acldefault(CASE WHEN d.defaclnamespace <> 0 THEN 'c'
                                          WHEN d.defaclobjtype = 'S' THEN 's' ELSE d.defaclobjtype END, d.defaclrole)
          FROM pg_catalog.pg_default_acl d),
      list AS MATERIALIZED (
        SELECT o.owner, o.acl::text AS text, o.usual::text AS usual_text,
               (SELECT pg_catalog.string_agg(coalesce(now.who, usual.who) || ': ' || coalesce(now.what, 'nothing'),
                                             pg_catalog.chr(10) ORDER BY coalesce(now.who, usual.who) COLLATE "C")
                  FROM (%{privileges o.acl}) now
                  FULL JOIN (%{privileges o.usual}) usual ON usual.who = now.who
                 WHERE now.what IS DISTINCT FROM usual.what) AS value
          FROM (SELECT DISTINCT ON (d.owner, d.acl::text, d.usual::text) d.owner, d.acl, d.usual FROM object d) o)
      SELECT 'grants' AS attribute, o.catalog, o.oid, o.sub, l.value
        FROM object o
        JOIN list l ON l.owner = o.owner AND l.text = o.acl::text AND l.usual_text = o.usual::text
       WHERE l.value IS NOT NULL
      """;

  private AnnotationQueries() {}
}
