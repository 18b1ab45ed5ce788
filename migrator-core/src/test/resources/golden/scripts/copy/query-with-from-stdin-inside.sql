-- Trap: FROM within a query in parentheses does not count.
-- Rule: manual, COPY.
COPY (SELECT 1 AS a FROM t AS stdin) TO STDOUT;
SELECT 2;
