CREATE FUNCTION eq(integer, integer) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN $1 = $2;
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = int4eq, COMMUTATOR = ===, NEGATOR = <!>,
  RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
COMMENT ON OPERATOR === (integer, integer) IS 'why';
ALTER OPERATOR === (integer, integer) OWNER TO pg_monitor;
CREATE OPERATOR @@@ (RIGHTARG = integer, FUNCTION = int4abs);
CREATE FUNCTION same(integer) RETURNS bigint IMMUTABLE LANGUAGE sql RETURN $1;
CREATE OPERATOR !! (RIGHTARG = integer, FUNCTION = same);
