-- Trap: \g ends a statement in psql.
-- Rule: manual, psql.
SELECT 1 \g
SELECT 2;
