CREATE FUNCTION added(VARIADIC a integer[], OUT b integer, OUT c text) LANGUAGE sql AS 'SELECT 1, 2::text';
CREATE FUNCTION f(b integer DEFAULT 5) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT SECURITY DEFINER LEAKPROOF
  PARALLEL SAFE COST 7 SET search_path = pg_catalog, pg_temp SET work_mem = '1MB' AS 'BEGIN RETURN 1; END';
COMMENT ON FUNCTION f IS 'why';
REVOKE EXECUTE ON FUNCTION f FROM public;
GRANT EXECUTE ON FUNCTION f TO pg_monitor;
ALTER FUNCTION f OWNER TO pg_monitor;
CREATE FUNCTION body(a integer) RETURNS integer LANGUAGE plpgsql STABLE PARALLEL RESTRICTED AS $$
BEGIN
  -- one more
  RETURN a + 1;
END
$$;
CREATE FUNCTION parsed(a integer) RETURNS integer LANGUAGE sql RETURN a + 1;
CREATE FUNCTION many() RETURNS SETOF integer LANGUAGE sql ROWS 5 SUPPORT generate_series_int4_support AS 'SELECT 1';
CREATE PROCEDURE p(INOUT a integer) LANGUAGE sql SECURITY DEFINER AS 'SELECT 2';
CREATE FUNCTION place(integer) RETURNS integer LANGUAGE internal WINDOW AS 'window_row_number';
CREATE FUNCTION "in order"() RETURNS integer LANGUAGE sql SET statement_timeout = '1s' SET work_mem = '1MB' AS 'SELECT 1';
