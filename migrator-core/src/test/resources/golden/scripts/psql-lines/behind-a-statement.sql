-- Trap: a psql command may stand behind a statement on its line.
-- Rule: manual, psql.
SELECT 1; \timing on
