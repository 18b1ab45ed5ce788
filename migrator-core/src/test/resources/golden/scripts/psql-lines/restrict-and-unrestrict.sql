-- Trap: pg_dump frames its output with these two; they are skipped.
-- Rule: manual, psql, \restrict.
\restrict a1B2c3

SELECT 1;

\unrestrict a1B2c3

