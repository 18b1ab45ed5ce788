-- Trap: STDIN as a name elsewhere starts no data.
-- Rule: manual, COPY.
SELECT 1 AS stdin; SELECT stdin FROM (SELECT 1 AS stdin) s;
SELECT 3;
