-- Trap: a body may hold nothing.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE OR REPLACE PROCEDURE ba2() BEGIN ATOMIC END;
SELECT 2;
