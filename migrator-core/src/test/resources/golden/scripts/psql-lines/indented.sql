-- Trap: a psql line may be indented.
-- Rule: manual, psql.
SELECT 1;
    \pset format csv
