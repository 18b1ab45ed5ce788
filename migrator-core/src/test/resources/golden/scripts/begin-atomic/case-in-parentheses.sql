-- Trap: CASE ... END in parentheses is balanced there.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba4() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT (CASE WHEN true THEN (1) END); SELECT 2; END;
SELECT 2;
