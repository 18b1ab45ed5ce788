-- Trap: end_date, weekend and append end nothing.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba5() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT end_date + weekend + append + "end" FROM (SELECT 1 AS end_date, 2 AS weekend, 3 AS append, 4 AS "end") s; SELECT 1; END;
SELECT 2;
