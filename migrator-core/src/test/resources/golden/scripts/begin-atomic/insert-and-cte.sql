-- Trap: a body with DML, WITH and parentheses.
-- Rule: manual, CREATE FUNCTION, sql_body.
CREATE PROCEDURE ba20(x text) LANGUAGE sql
BEGIN ATOMIC
  INSERT INTO t VALUES (x, ';');
  WITH d AS (DELETE FROM t WHERE a = x RETURNING a) INSERT INTO u SELECT a FROM d;
END;
SELECT 2;
