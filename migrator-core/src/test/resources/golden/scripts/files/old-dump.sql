-- Trap: what pg_dump wrote when backslashes still escaped.
-- Rule: manual, pg_dump and 20.13.1.
SET client_encoding = 'UTF8';
SET standard_conforming_strings = off;
SET escape_string_warning = off;

CREATE FUNCTION old_dumped() RETURNS text AS '
  SELECT ''it\'s; old'' -- ;
' LANGUAGE sql;

SELECT 'C:\\';
