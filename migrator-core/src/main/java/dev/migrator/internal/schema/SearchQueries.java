package dev.migrator.internal.schema;

/** The queries for text search. */
final class SearchQueries {

  static final String CONFIGURATIONS = """
      SELECT 'text search configuration' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(c.cfgname) AS name,
             'pg_ts_config' AS catalog, c.oid, 0 AS sub,
             c.cfgowner::regrole AS "owner",
             pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(p.prsname) AS "parser",
             (SELECT pg_catalog.string_agg(token.alias || ': ' || token.dictionaries, pg_catalog.chr(10)
                                           ORDER BY token.alias COLLATE "C")
                FROM (SELECT t.alias,
                             pg_catalog.string_agg(m.mapdict::regdictionary::text, ', ' ORDER BY m.mapseqno) AS dictionaries
                        FROM pg_catalog.pg_ts_config_map m
                        JOIN pg_catalog.ts_token_type(c.cfgparser) t ON t.tokid = m.maptokentype
                       WHERE m.mapcfg = c.oid
                       GROUP BY t.alias) token) AS "mappings"
        FROM pg_catalog.pg_ts_config c
        JOIN space s ON s.oid = c.cfgnamespace
        JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
        JOIN pg_catalog.pg_namespace n ON n.oid = p.prsnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_config'::regclass AND m.objid = c.oid)
      """;

  static final String DICTIONARIES = """
      SELECT 'text search dictionary' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(d.dictname) AS name,
             'pg_ts_dict' AS catalog, d.oid, 0 AS sub,
             d.dictowner::regrole AS "owner",
             pg_catalog.quote_ident(n.nspname) || '.' || pg_catalog.quote_ident(t.tmplname) AS "template",
             d.dictinitoption AS "dictionary options"
        FROM pg_catalog.pg_ts_dict d
        JOIN space s ON s.oid = d.dictnamespace
        JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
        JOIN pg_catalog.pg_namespace n ON n.oid = t.tmplnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_dict'::regclass AND m.objid = d.oid)
      """;

  static final String PARSERS = """
      SELECT 'text search parser' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(p.prsname) AS name,
             'pg_ts_parser' AS catalog, p.oid, 0 AS sub,
             p.prsstart::regproc AS "start",
             p.prstoken::regproc AS "next token",
             p.prsend::regproc AS "end",
             nullif(p.prsheadline, 0)::regproc AS "headline",
             p.prslextype::regproc AS "token types"
        FROM pg_catalog.pg_ts_parser p
        JOIN space s ON s.oid = p.prsnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_parser'::regclass AND m.objid = p.oid)
      """;

  static final String TEMPLATES = """
      SELECT 'text search template' AS kind, '' AS parent, s.prefix || pg_catalog.quote_ident(t.tmplname) AS name,
             'pg_ts_template' AS catalog, t.oid, 0 AS sub,
             nullif(t.tmplinit, 0)::regproc AS "init",
             t.tmpllexize::regproc AS "lexize"
        FROM pg_catalog.pg_ts_template t
        JOIN space s ON s.oid = t.tmplnamespace
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_ts_template'::regclass AND m.objid = t.oid)
      """;

  private SearchQueries() {}
}
