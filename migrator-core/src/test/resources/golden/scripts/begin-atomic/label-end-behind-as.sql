-- Trap: a column label may be any key word: AS end ends nothing.
-- Rule: manual 7.3.2, Column Labels. The END of a body stands behind a semicolon. psql ends here.
CREATE OR REPLACE FUNCTION ba9() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1 AS end; SELECT 2; END;
SELECT 2;
