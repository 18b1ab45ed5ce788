-- Trap: AS case opens no CASE.
-- Rule: manual 7.3.2, Column Labels. psql waits for another END.
CREATE OR REPLACE FUNCTION ba11() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT 1 AS case; SELECT 2; END;
SELECT 2;
