CREATE FUNCTION eq(integer, integer) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN $1 = $2;
CREATE OPERATOR === (LEFTARG = integer, RIGHTARG = integer, FUNCTION = eq);
CREATE OPERATOR !! (RIGHTARG = integer, FUNCTION = int4abs);
