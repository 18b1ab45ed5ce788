-- Trap: a function that creates a function: two tags, one inside the other.
-- Rule: manual 4.1.2.4, Dollar-Quoted String Constants; its own example.
CREATE OR REPLACE FUNCTION outer_one() RETURNS void LANGUAGE plpgsql AS $outer$
BEGIN
  EXECUTE $inner$
    CREATE OR REPLACE FUNCTION inner_one() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;
  $inner$;
END;
$outer$;
SELECT 2;
