-- Trap: a body that does not end takes the rest of the file; the server refuses it as one statement.
-- Rule: manual, CREATE FUNCTION, sql_body, which ends with END.
CREATE OR REPLACE FUNCTION ba21() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1;
SELECT 2;
