CREATE TYPE mood AS ENUM ('a');
CREATE TYPE pair AS (a integer);
CREATE FUNCTION to_number(mood) RETURNS integer IMMUTABLE LANGUAGE sql RETURN 1;
CREATE CAST (mood AS integer) WITH FUNCTION to_number(mood);
CREATE CAST (mood AS bigint) WITH INOUT;
