-- Trap: labels, := and >>, format() with %, a cursor, a JSON path: nothing in a body counts.
-- Rule: manual 43.2, Structure of PL/pgSQL.
CREATE OR REPLACE FUNCTION odd(a int) RETURNS text LANGUAGE plpgsql AS $function$
<<outer_block>>
DECLARE
  r record;
  s text := 'it''s; ' || E'\'' || "current_user"();
BEGIN
  FOR r IN EXECUTE 'SELECT ' || quote_literal($1) || ';' LOOP
    s := s || $q$;$q$;
  END LOOP;
  RAISE NOTICE '% /* %', s, '--';
  RETURN s;
EXCEPTION WHEN others THEN
  RETURN NULL;
END outer_block;
$function$;
SELECT 2;
