-- Trap: a backslash in quotes, dollar quotes and comments is no command.
-- Rule: manual, psql.
SELECT '\i'; SELECT $$\i x$$; SELECT 1 AS "\i"; -- \i
/* \i */ SELECT 4;
