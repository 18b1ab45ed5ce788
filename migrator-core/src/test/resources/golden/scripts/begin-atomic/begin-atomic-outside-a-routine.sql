-- Trap: BEGIN ATOMIC elsewhere is no body: the server refuses it at the first semicolon.
-- Rule: manual, CREATE FUNCTION, sql_body, and only there.
SELECT 1 AS begin; BEGIN ATOMIC; SELECT 2; END;
