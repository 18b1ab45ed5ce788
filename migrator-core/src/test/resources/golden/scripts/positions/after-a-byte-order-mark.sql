-- Trap: a BOM is no character of line 1.
-- Rule: psql skips it; manual, psql.
SELECT 1;
