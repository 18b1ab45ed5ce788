-- Trap: a BOM at the beginning is skipped.
-- Rule: psql skips it; manual, psql.
SELECT 1;
SELECT 2;
