CREATE FUNCTION first(float8, float8) RETURNS float8 LANGUAGE sql RETURN $1;
CREATE AGGREGATE added(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE a(integer) (SFUNC = int4larger, STYPE = integer, SSPACE = 8, INITCOND = '5', FINALFUNC = int4abs,
  FINALFUNC_MODIFY = shareable, COMBINEFUNC = int4larger, SORTOP = >, PARALLEL = safe);
COMMENT ON AGGREGATE a(integer) IS 'why';
CREATE AGGREGATE moving(float8) (SFUNC = float8pl, STYPE = float8, MSFUNC = float8pl, MINVFUNC = float8mi, MSTYPE = float8,
  MSSPACE = 8, MINITCOND = '1', MFINALFUNC = first, MFINALFUNC_EXTRA, MFINALFUNC_MODIFY = shareable);
CREATE AGGREGATE numbers(numeric) (SFUNC = numeric_avg_accum, STYPE = internal, FINALFUNC = numeric_avg,
  COMBINEFUNC = numeric_avg_combine, SERIALFUNC = numeric_avg_serialize, DESERIALFUNC = numeric_avg_deserialize);
CREATE AGGREGATE middle(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final,
  FINALFUNC_EXTRA, FINALFUNC_MODIFY = read_write);
CREATE AGGREGATE place(VARIADIC "any" ORDER BY VARIADIC "any") (SFUNC = ordered_set_transition_multi, STYPE = internal,
  FINALFUNC = rank_final, FINALFUNC_EXTRA, HYPOTHETICAL);
