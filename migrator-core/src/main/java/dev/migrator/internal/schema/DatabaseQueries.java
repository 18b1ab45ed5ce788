package dev.migrator.internal.schema;

/** The queries for what belongs to the database itself: foreign servers, replication, event triggers, default privileges. */
final class DatabaseQueries {

  static final String FOREIGN_DATA_WRAPPERS = """
      SELECT 'foreign data wrapper' AS kind, '' AS parent, pg_catalog.quote_ident(w.fdwname) AS name,
             'pg_foreign_data_wrapper' AS catalog, w.oid, 0 AS sub,
             w.fdwowner::regrole AS "owner",
             nullif(w.fdwhandler, 0)::regproc AS "function",
             nullif(w.fdwvalidator, 0)::regproc AS "validator",
             %{options w.fdwoptions} AS "foreign options"
        FROM pg_catalog.pg_foreign_data_wrapper w
       WHERE NOT EXISTS (SELECT
                           FROM member m
                          WHERE m.classid = 'pg_catalog.pg_foreign_data_wrapper'::regclass AND m.objid = w.oid)
      """;

  static final String FOREIGN_SERVERS = """
      SELECT 'foreign server' AS kind, '' AS parent, pg_catalog.quote_ident(f.srvname) AS name,
             'pg_foreign_server' AS catalog, f.oid, 0 AS sub,
             f.srvowner::regrole AS "owner",
             pg_catalog.quote_ident(w.fdwname) AS "wrapper",
             f.srvtype AS "type",
             f.srvversion AS "server version",
             %{options f.srvoptions} AS "foreign options"
        FROM pg_catalog.pg_foreign_server f
        JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = f.srvfdw
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_foreign_server'::regclass AND m.objid = f.oid)
      """;

  /**
   * Their options are for some eyes only: the server shows them to those who may use the mapping, and to superusers. What
   * may be secret in them is for none.
   */
  static final String USER_MAPPINGS = """
      SELECT 'user mapping' AS kind, '' AS parent,
             'for ' || CASE u.umuser WHEN 0 THEN 'public' ELSE u.umuser::regrole::text END
             || ' server ' || pg_catalog.quote_ident(u.srvname) AS name,
             'pg_user_mapping' AS catalog, u.umid AS oid, 0 AS sub,
             %{harmless u.umoptions} AS "mapping options"
        FROM pg_catalog.pg_user_mappings u
      """;

  /** Older servers know no schemas, columns and filters in a publication. */
  static final String PUBLICATIONS = """
      SELECT 'publication' AS kind, '' AS parent, pg_catalog.quote_ident(p.pubname) AS name,
             'pg_publication' AS catalog, p.oid, 0 AS sub,
             p.pubowner::regrole AS "owner",
             CASE WHEN p.puballtables THEN 'yes' END AS "all tables",
             nullif(pg_catalog.concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                                         CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END),
                    'insert, update, delete, truncate') AS "publish",
             CASE WHEN p.pubviaroot THEN 'yes' END AS "via root",
      /*>=18*/nullif(p.pubgencols::text, 'n') AS "generated columns",
      /*>=15*/(SELECT pg_catalog.string_agg(n.pnnspid::regnamespace::text, pg_catalog.chr(10)
      /*>=15*/                              ORDER BY n.pnnspid::regnamespace::text COLLATE "C")
      /*>=15*/   FROM pg_catalog.pg_publication_namespace n
      /*>=15*/  WHERE n.pnpubid = p.oid) AS "schemas",
             (SELECT pg_catalog.string_agg(t.line, pg_catalog.chr(10) ORDER BY t.line COLLATE "C")
                FROM (SELECT r.prrelid::regclass
      /*>=15*/               || coalesce(' (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' ORDER BY a.attnum)
      /*>=15*/                                      FROM pg_catalog.pg_attribute a
      /*>=15*/                                     WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
      /*>=15*/               || coalesce(' where ' || pg_catalog.pg_get_expr(r.prqual, r.prrelid), '')
                             || '' AS line
                        FROM pg_catalog.pg_publication_rel r
                       WHERE r.prpubid = p.oid) t) AS "tables"
        FROM pg_catalog.pg_publication p
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_publication'::regclass AND m.objid = p.oid)
      """;

  /** Only what every role may read, so without the connection. */
  static final String SUBSCRIPTIONS = """
      SELECT 'subscription' AS kind, '' AS parent, pg_catalog.quote_ident(s.subname) AS name,
             'pg_subscription' AS catalog, s.oid, 0 AS sub,
             s.subowner::regrole AS "owner",
             CASE WHEN NOT s.subenabled THEN 'no' END AS "enabled",
             CASE WHEN s.subbinary THEN 'yes' END AS "binary",
             CASE s.substream::text WHEN 'true' THEN 'on' WHEN 't' THEN 'on' WHEN 'p' THEN 'parallel' END AS "streaming",
      /*>=15*/CASE WHEN s.subtwophasestate <> 'd' THEN 'yes' END AS "two phase",
      /*>=15*/CASE WHEN s.subdisableonerr THEN 'yes' END AS "disable on error",
      /*>=16*/CASE WHEN NOT s.subpasswordrequired THEN 'no' END AS "password required",
      /*>=16*/CASE WHEN s.subrunasowner THEN 'yes' END AS "run as owner",
      /*>=16*/nullif(s.suborigin, 'any') AS "origin",
      /*>=17*/CASE WHEN s.subfailover THEN 'yes' END AS "failover",
             s.subslotname AS "slot",
             s.subsynccommit AS "synchronous commit",
             pg_catalog.array_to_string(s.subpublications, ', ') AS "publications"
        FROM pg_catalog.pg_subscription s
        JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
       WHERE d.datname = pg_catalog.current_database()
      """;

  static final String EVENT_TRIGGERS = """
      SELECT 'event trigger' AS kind, '' AS parent, pg_catalog.quote_ident(t.evtname) AS name,
             'pg_event_trigger' AS catalog, t.oid, 0 AS sub,
             t.evtowner::regrole AS "owner",
             t.evtevent AS "event",
             (SELECT pg_catalog.string_agg(tag, ', ' ORDER BY tag COLLATE "C") FROM pg_catalog.unnest(t.evttags) AS tag) AS "tags",
             t.evtfoid::regproc AS "function",
             CASE t.evtenabled WHEN 'D' THEN 'no' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END AS "enabled"
        FROM pg_catalog.pg_event_trigger t
       WHERE NOT EXISTS (SELECT FROM member m WHERE m.classid = 'pg_catalog.pg_event_trigger'::regclass AND m.objid = t.oid)
      """;

  /** Their grants are what they are. */
  static final String DEFAULT_PRIVILEGES = """
      SELECT 'default privileges' AS kind, '' AS parent,
             'for ' || d.defaclrole::regrole || coalesce(' in ' || pg_catalog.quote_ident(n.nspname), '') || ' on '
             || CASE d.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                                     WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas' WHEN 'L' THEN 'large objects'
                     ELSE d.defaclobjtype::text END AS name,
             'pg_default_acl' AS catalog, d.oid, 0 AS sub
        FROM pg_catalog.pg_default_acl d
        LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
      """;

  private DatabaseQueries() {}
}
