-- Trap: END; directly behind a semicolon, on the same line.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba16() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1;END;SELECT 2;
