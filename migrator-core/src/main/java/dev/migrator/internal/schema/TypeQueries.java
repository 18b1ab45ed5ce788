package dev.migrator.internal.schema;

/** The queries for schemas, extensions, collations and types. */
final class TypeQueries {

  static final String SCHEMAS = """
      SELECT 'schema' AS kind, '' AS parent, pg_catalog.quote_ident(n.nspname) AS name,
             'pg_namespace' AS catalog, n.oid, 0 AS sub,
             n.nspowner::regrole AS "owner"
        FROM pg_catalog.pg_namespace n
        JOIN space s ON s.oid = n.oid
      """;

  /** Some are in the system's schema, plpgsql for one, so they all count as the database's. */
  static final String EXTENSIONS = """
      SELECT 'extension' AS kind, '' AS parent, pg_catalog.quote_ident(e.extname) AS name,
             'pg_extension' AS catalog, e.oid, 0 AS sub,
             e.extversion AS "version",
             pg_catalog.quote_ident(n.nspname) AS "schema"
        FROM pg_catalog.pg_extension e
        JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
      """;

  /**
   * The version of a collation is that of the operating system's library and no part of the schema. Columns came and went,
   * so that they are read by name.
   */
  static final String COLLATIONS = """
      SELECT 'collation' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(c.collname) AS name,
             'pg_collation' AS catalog, c.oid, 0 AS sub,
             c.collowner::regrole AS "owner",
             CASE c.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' WHEN 'd' THEN 'default'
                  END AS "provider",
             coalesce(columns ->> 'colllocale', columns ->> 'colliculocale', columns ->> 'collcollate') AS "locale",
             CASE WHEN columns ->> 'collctype' <> columns ->> 'collcollate' THEN columns ->> 'collctype' END AS "ctype",
      /*>=16*/columns ->> 'collicurules' AS "rules",
             CASE WHEN NOT c.collisdeterministic THEN 'no' END AS "deterministic"
        FROM pg_catalog.pg_collation c
        JOIN space s ON s.oid = c.collnamespace
       CROSS JOIN LATERAL pg_catalog.to_jsonb(c.*) AS columns
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_collation'::regclass AND m.objid = c.oid)
      """;

  /** Every kind of type in one query: there are few of them. */
  static final String TYPES = """
      SELECT CASE WHEN NOT t.typisdefined THEN 'base type'
                  ELSE CASE t.typtype WHEN 'e' THEN 'enum type' WHEN 'c' THEN 'composite type' WHEN 'r' THEN 'range type'
                                      WHEN 'd' THEN 'domain' ELSE 'base type' END END AS kind,
             '' AS parent, t.name, 'pg_type' AS catalog, t.oid, 0 AS sub,
             t.typowner::regrole AS "owner",
             CASE WHEN NOT t.typisdefined THEN 'yes' END AS "shell",
             CASE WHEN t.typtype = 'e'
                  THEN (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(e.enumlabel), pg_catalog.chr(10)
                                                     ORDER BY e.enumsortorder)
                          FROM pg_catalog.pg_enum e
                         WHERE e.enumtypid = t.oid) END AS "labels",
             CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END AS "type",
             CASE WHEN t.typtype = 'd' AND t.typcollation <> 0
                       AND t.typcollation <> (SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = t.typbasetype)
                  THEN t.typcollation::regcollation::text
                  WHEN t.typtype = 'r' AND r.rngcollation <> 0
                       AND r.rngcollation <> (SELECT b.typcollation FROM pg_catalog.pg_type b WHERE b.oid = r.rngsubtype)
                  THEN r.rngcollation::regcollation::text END AS "collation",
             CASE WHEN t.typdefaultbin IS NOT NULL THEN pg_catalog.pg_get_expr(t.typdefaultbin, 0)
                  ELSE pg_catalog.quote_literal(t.typdefault) END AS "default",
             CASE WHEN t.typnotnull THEN 'yes' END AS "not null",
      /*>=17*/(SELECT nullif(pg_catalog.quote_ident(k.conname), pg_catalog.quote_ident(t.typname || '_not_null'))
      /*>=17*/   FROM pg_catalog.pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'n') AS "not null name",
             pg_catalog.format_type(r.rngsubtype, NULL) AS "subtype",
             CASE WHEN NOT o.opcdefault THEN (SELECT pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(o.opcname)
                                                FROM pg_catalog.pg_namespace n
                                               WHERE n.oid = o.opcnamespace) END AS "subtype operator class",
             nullif(r.rngcanonical, 0)::regproc AS "canonical",
             nullif(r.rngsubdiff, 0)::regproc AS "subtype difference",
             pg_catalog.format_type(r.rngmultitypid, NULL) AS "multirange",
             CASE WHEN base.yes THEN t.typinput::regproc END AS "input",
             CASE WHEN base.yes THEN t.typoutput::regproc END AS "output",
             CASE WHEN base.yes THEN nullif(t.typreceive, 0)::regproc END AS "receive",
             CASE WHEN base.yes THEN nullif(t.typsend, 0)::regproc END AS "send",
             CASE WHEN base.yes THEN nullif(t.typmodin, 0)::regproc END AS "modifier input",
             CASE WHEN base.yes THEN nullif(t.typmodout, 0)::regproc END AS "modifier output",
             CASE WHEN base.yes THEN nullif(t.typanalyze, 0)::regproc END AS "analyze",
             CASE WHEN base.yes THEN nullif(t.typsubscript, 0)::regproc END AS "subscript",
             CASE WHEN base.yes THEN t.typlen END AS "length",
             CASE WHEN base.yes AND t.typbyval THEN 'yes' END AS "passed by value",
             CASE WHEN base.yes THEN t.typalign END AS "alignment",
             CASE WHEN base.yes THEN t.typstorage END AS "type storage",
             CASE WHEN base.yes THEN nullif(t.typcategory, 'U') END AS "category",
             CASE WHEN base.yes AND t.typispreferred THEN 'yes' END AS "preferred",
             CASE WHEN base.yes AND t.typelem <> 0 THEN pg_catalog.format_type(t.typelem, NULL) END AS "element",
             CASE WHEN base.yes THEN nullif(t.typdelim, ',') END AS "delimiter",
             CASE WHEN base.yes AND t.typcollation <> 0 THEN 'yes' END AS "collatable"
        FROM type t
       CROSS JOIN LATERAL (SELECT t.typtype = 'b' AND t.typisdefined AS yes) base
        LEFT JOIN pg_catalog.pg_range r ON r.rngtypid = t.oid
        LEFT JOIN pg_catalog.pg_opclass o ON o.oid = r.rngsubopc
       WHERE t.typtype <> 'm'
      """;

  private TypeQueries() {}
}
