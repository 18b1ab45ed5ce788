CREATE FUNCTION first(float8, float8) RETURNS float8 LANGUAGE sql RETURN $1;
CREATE AGGREGATE removed(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE a(integer) (SFUNC = int4pl, STYPE = integer);
CREATE AGGREGATE moving(float8) (SFUNC = float8pl, STYPE = float8);
CREATE AGGREGATE numbers(numeric) (SFUNC = numeric_add, STYPE = numeric);
CREATE AGGREGATE middle(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
