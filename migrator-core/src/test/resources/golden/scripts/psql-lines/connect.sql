-- Trap: \connect would run the rest on another database.
-- Rule: manual, psql.
\connect other
SELECT 2;
