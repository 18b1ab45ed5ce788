package dev.migrator.internal.schema;

/** The queries for functions, procedures and aggregates. */
final class RoutineQueries {

  /**
   * What a function has without being told is that of CREATE FUNCTION; an internal or C function costs 1, another 100. Its
   * settings are made in their order, and one may undo another: the role and the session's user.
   */
  static final String FUNCTIONS = """
      SELECT CASE p.prokind WHEN 'p' THEN 'procedure' ELSE 'function' END AS kind,
             '' AS parent, p.name, 'pg_proc' AS catalog, p.oid, 0 AS sub,
             p.proowner::regrole AS "owner",
             nullif(pg_catalog.pg_get_function_arguments(p.oid), '') AS "arguments",
             pg_catalog.pg_get_function_result(p.oid) AS "returns",
             pg_catalog.quote_ident(l.lanname) AS "language",
             CASE WHEN p.prokind = 'w' THEN 'yes' END AS "window",
             CASE p.provolatile WHEN 'i' THEN 'immutable' WHEN 's' THEN 'stable' END AS "volatility",
             CASE WHEN p.proisstrict THEN 'yes' END AS "strict",
             CASE WHEN p.prosecdef THEN 'definer' END AS "security",
             CASE WHEN p.proleakproof THEN 'yes' END AS "leakproof",
             CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS "parallel",
             nullif(p.procost, CASE WHEN l.lanname IN ('internal', 'c') THEN 1 ELSE 100 END) AS "cost",
             nullif(p.prorows, CASE WHEN p.proretset THEN 1000 ELSE 0 END) AS "rows",
             nullif(p.prosupport, 0)::regproc AS "support",
             %{ordered p.proconfig} AS "settings",
             (SELECT pg_catalog.string_agg(pg_catalog.format_type(u, NULL), ', ')
                FROM pg_catalog.unnest(p.protrftypes) AS u) AS "transforms",
             p.probin AS "library",
             CASE WHEN p.prosqlbody IS NULL THEN p.prosrc ELSE pg_catalog.pg_get_function_sqlbody(p.oid) END AS "body",
             CASE WHEN p.prosqlbody IS NOT NULL THEN 'parsed' END AS "body kind"
        FROM routine p
        JOIN pg_catalog.pg_language l ON l.oid = p.prolang
       WHERE p.prokind <> 'a'
      """;

  static final String AGGREGATES = """
      SELECT 'aggregate' AS kind, '' AS parent, p.name, 'pg_proc' AS catalog, p.oid, 0 AS sub,
             p.proowner::regrole AS "owner",
             nullif(pg_catalog.pg_get_function_arguments(p.oid), '') AS "arguments",
             pg_catalog.pg_get_function_result(p.oid) AS "returns",
             CASE a.aggkind WHEN 'o' THEN 'ordered set' WHEN 'h' THEN 'hypothetical set' END AS "aggregate kind",
             nullif(a.aggnumdirectargs, 0) AS "direct arguments",
             a.aggtransfn::regprocedure AS "transition",
             pg_catalog.format_type(a.aggtranstype, NULL) AS "state type",
             nullif(a.aggtransspace, 0) AS "state space",
             a.agginitval AS "initial state",
             nullif(a.aggfinalfn, 0)::regprocedure AS "final",
             CASE WHEN a.aggfinalextra THEN 'yes' END AS "final takes arguments",
             nullif(a.aggfinalmodify, CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char") AS "final modifies",
             nullif(a.aggcombinefn, 0)::regprocedure AS "combine",
             nullif(a.aggserialfn, 0)::regprocedure AS "serialize",
             nullif(a.aggdeserialfn, 0)::regprocedure AS "deserialize",
             nullif(a.aggmtransfn, 0)::regprocedure AS "moving transition",
             nullif(a.aggminvtransfn, 0)::regprocedure AS "moving inverse",
             CASE WHEN a.aggmtranstype <> 0 THEN pg_catalog.format_type(a.aggmtranstype, NULL) END AS "moving state type",
             nullif(a.aggmtransspace, 0) AS "moving state space",
             a.aggminitval AS "moving initial state",
             nullif(a.aggmfinalfn, 0)::regprocedure AS "moving final",
             CASE WHEN a.aggmfinalextra THEN 'yes' END AS "moving final takes arguments",
             nullif(a.aggmfinalmodify, CASE a.aggkind WHEN 'n' THEN 'r' ELSE 'w' END::"char") AS "moving final modifies",
             nullif(a.aggsortop, 0)::regoperator AS "sort operator",
             CASE p.proparallel WHEN 's' THEN 'safe' WHEN 'r' THEN 'restricted' END AS "parallel"
        FROM routine p
        JOIN pg_catalog.pg_aggregate a ON a.aggfnoid = p.oid
       WHERE p.prokind = 'a'
      """;

  private RoutineQueries() {}
}
