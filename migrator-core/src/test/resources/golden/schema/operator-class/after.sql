CREATE OPERATOR FAMILY f USING btree;
ALTER OPERATOR FAMILY f USING btree ADD OPERATOR 1 < (integer, bigint), FUNCTION 1 (integer, bigint) btint48cmp(integer, bigint);
COMMENT ON OPERATOR FAMILY f USING btree IS 'why';
CREATE OPERATOR CLASS c FOR TYPE bigint USING btree FAMILY f AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, FUNCTION 1 btint8cmp(bigint, bigint);
COMMENT ON OPERATOR CLASS c USING btree IS 'why';
ALTER OPERATOR CLASS c USING btree OWNER TO pg_monitor;
CREATE TYPE mood AS ENUM ('x');
CREATE OPERATOR CLASS moods DEFAULT FOR TYPE mood USING btree AS OPERATOR 1 < (anyenum, anyenum), FUNCTION 1 enum_cmp(anyenum, anyenum);
CREATE OPERATOR CLASS points FOR TYPE point USING gist AS OPERATOR 15 <-> (point, point) FOR ORDER BY float_ops,
  FUNCTION 1 gist_point_consistent(internal, point, smallint, oid, internal), STORAGE box;
