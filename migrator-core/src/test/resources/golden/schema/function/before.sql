CREATE FUNCTION removed() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION f(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION body(a integer) RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
  RETURN a;
END
$$;
CREATE FUNCTION parsed(a integer) RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION many() RETURNS SETOF integer LANGUAGE sql AS 'SELECT 1';
CREATE PROCEDURE p(a integer) LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION place(integer) RETURNS integer LANGUAGE internal AS 'int4abs';
CREATE FUNCTION "in order"() RETURNS integer LANGUAGE sql SET work_mem = '1MB' SET statement_timeout = '1s' AS 'SELECT 1';
