-- Trap: lowercase, case_id and "case" open nothing.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE FUNCTION ba6() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT case_id + lowercase + "case" FROM (SELECT 1 AS case_id, 2 AS lowercase, 3 AS "case") s; END;
SELECT 2;
