package dev.migrator.internal.schema;

/** The queries for operators, their classes and families, casts, and what else extends the server's language. */
final class OperatorQueries {

  static final String OPERATORS = """
      SELECT 'operator' AS kind, '' AS parent,
             s.prefix || o.oprname || '(' || CASE o.oprleft WHEN 0 THEN 'none' ELSE pg_catalog.format_type(o.oprleft, NULL) END
             || ', ' || CASE o.oprright WHEN 0 THEN 'none' ELSE pg_catalog.format_type(o.oprright, NULL) END || ')' AS name,
             'pg_operator' AS catalog, o.oid, 0 AS sub,
             o.oprowner::regrole AS "owner",
             CASE WHEN o.oprcode = 0 THEN 'yes' END AS "shell",
             CASE WHEN o.oprresult <> 0 THEN pg_catalog.format_type(o.oprresult, NULL) END AS "returns",
             nullif(o.oprcode, 0)::regprocedure AS "function",
             nullif(o.oprcom, 0)::regoperator AS "commutator",
             nullif(o.oprnegate, 0)::regoperator AS "negator",
             nullif(o.oprrest, 0)::regproc AS "restrict",
             nullif(o.oprjoin, 0)::regproc AS "join",
             CASE WHEN o.oprcanmerge THEN 'yes' END AS "merges",
             CASE WHEN o.oprcanhash THEN 'yes' END AS "hashes"
        FROM pg_catalog.pg_operator o
        JOIN space s ON s.oid = o.oprnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_operator'::regclass AND m.objid = o.oid)
      """;

  /** A class owns the entries that depend on it; the others are loose in the family. */
  static final String OPERATOR_CLASSES = """
      SELECT 'operator class' AS kind, '' AS parent,
             s.prefix || pg_catalog.quote_ident(c.opcname) || ' using ' || pg_catalog.quote_ident(a.amname) AS name,
             'pg_opclass' AS catalog, c.oid, 0 AS sub,
             c.opcowner::regrole AS "owner",
             pg_catalog.format_type(c.opcintype, NULL) AS "type",
             CASE WHEN c.opckeytype <> 0 THEN pg_catalog.format_type(c.opckeytype, NULL) END AS "stored as",
             CASE WHEN c.opcdefault THEN 'yes' END AS "default",
             pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(f.opfname) AS "family",
             entries.lines AS "entries"
        FROM pg_catalog.pg_opclass c
        JOIN space s ON s.oid = c.opcnamespace
        JOIN pg_catalog.pg_am a ON a.oid = c.opcmethod
        JOIN pg_catalog.pg_opfamily f ON f.oid = c.opcfamily
        JOIN pg_catalog.pg_namespace n ON n.oid = f.opfnamespace
        LEFT JOIN (%{entries}) entries ON entries.classid = 'pg_catalog.pg_opclass'::regclass AND entries.objid = c.oid
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_opclass'::regclass AND m.objid = c.oid)
      """;

  static final String OPERATOR_FAMILIES = """
      SELECT 'operator family' AS kind, '' AS parent,
             s.prefix || pg_catalog.quote_ident(f.opfname) || ' using ' || pg_catalog.quote_ident(a.amname) AS name,
             'pg_opfamily' AS catalog, f.oid, 0 AS sub,
             f.opfowner::regrole AS "owner",
             entries.lines AS "entries"
        FROM pg_catalog.pg_opfamily f
        JOIN space s ON s.oid = f.opfnamespace
        JOIN pg_catalog.pg_am a ON a.oid = f.opfmethod
        LEFT JOIN (%{entries}) entries ON entries.classid = 'pg_catalog.pg_opfamily'::regclass AND entries.objid = f.oid
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_opfamily'::regclass AND m.objid = f.oid)
      """;

  static final String CASTS = """
      SELECT 'cast' AS kind, '' AS parent,
             '(' || pg_catalog.format_type(c.castsource, NULL) || ' as ' || pg_catalog.format_type(c.casttarget, NULL) || ')' AS name,
             'pg_cast' AS catalog, c.oid, 0 AS sub,
             CASE c.castmethod WHEN 'i' THEN 'text form' WHEN 'b' THEN 'same bytes' END AS "method",
             nullif(c.castfunc, 0)::regprocedure AS "function",
             CASE c.castcontext WHEN 'a' THEN 'assignment' WHEN 'i' THEN 'implicit' END AS "context"
        FROM pg_catalog.pg_cast c
       WHERE c.oid >= 16384
         AND NOT EXISTS (SELECT
                           FROM pg_catalog.pg_depend m
                          WHERE m.classid = 'pg_catalog.pg_cast'::regclass AND m.objid = c.oid AND m.deptype IN ('e', 'i'))
      """;

  static final String CONVERSIONS = """
      SELECT 'conversion' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(c.conname) AS name,
             'pg_conversion' AS catalog, c.oid, 0 AS sub,
             c.conowner::regrole AS "owner",
             pg_catalog.pg_encoding_to_char(c.conforencoding) AS "from",
             pg_catalog.pg_encoding_to_char(c.contoencoding) AS "to",
             c.conproc::regproc AS "function",
             CASE WHEN c.condefault THEN 'yes' END AS "default"
        FROM pg_catalog.pg_conversion c
        JOIN space s ON s.oid = c.connamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_conversion'::regclass AND m.objid = c.oid)
      """;

  static final String ACCESS_METHODS = """
      SELECT 'access method' AS kind, '' AS parent, pg_catalog.quote_ident(a.amname) AS name,
             'pg_am' AS catalog, a.oid, 0 AS sub,
             CASE a.amtype WHEN 'i' THEN 'index' WHEN 't' THEN 'table' END AS "type",
             a.amhandler::regproc AS "function"
        FROM pg_catalog.pg_am a
       WHERE a.oid >= 16384
         AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_am'::regclass AND m.objid = a.oid)
      """;

  /** The languages that every server has can be dropped, or granted differently. */
  static final String LANGUAGES = """
      SELECT 'language' AS kind, '' AS parent, pg_catalog.quote_ident(l.lanname) AS name,
             'pg_language' AS catalog, l.oid, 0 AS sub,
             l.lanowner::regrole AS "owner",
             CASE WHEN l.lanpltrusted THEN 'yes' END AS "trusted",
             nullif(l.lanplcallfoid, 0)::regproc AS "function",
             nullif(l.laninline, 0)::regproc AS "inline",
             nullif(l.lanvalidator, 0)::regproc AS "validator"
        FROM pg_catalog.pg_language l
       WHERE l.oid >= 16384
         AND NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_language'::regclass AND m.objid = l.oid)
      """;

  static final String TRANSFORMS = """
      SELECT 'transform' AS kind, '' AS parent,
             'for ' || pg_catalog.format_type(t.trftype, NULL) || ' language ' || pg_catalog.quote_ident(l.lanname) AS name,
             'pg_transform' AS catalog, t.oid, 0 AS sub,
             nullif(t.trffromsql, 0)::regprocedure AS "from sql",
             nullif(t.trftosql, 0)::regprocedure AS "to sql"
        FROM pg_catalog.pg_transform t
        JOIN pg_catalog.pg_language l ON l.oid = t.trflang
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_transform'::regclass AND m.objid = t.oid)
      """;

  private OperatorQueries() {}
}
