-- Trap: a file as Windows editors write it.
-- Rule: psql skips it; manual, psql.
SELECT 1;
SELECT 2
