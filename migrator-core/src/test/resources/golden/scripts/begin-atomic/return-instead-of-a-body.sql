-- Trap: RETURN takes one expression and has no END but CASE's.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba14(a int) RETURNS int LANGUAGE sql RETURN CASE WHEN a > 0 THEN 1 ELSE 2 END;
SELECT 2;
