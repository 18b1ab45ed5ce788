-- Trap: options before the body, with parentheses and strings.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba15(a text DEFAULT 'x;', b int DEFAULT (1)) RETURNS TABLE (c int) LANGUAGE sql STABLE COST 5 SET search_path = 'a;b'
BEGIN ATOMIC SELECT 1; END;
SELECT 2;
