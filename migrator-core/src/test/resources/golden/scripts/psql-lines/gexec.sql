-- Trap: \gexec runs what a query returns.
-- Rule: manual, psql.
SELECT 'SELECT 1;' \gexec
