-- Trap: \if ... \endif choose what runs.
-- Rule: manual, psql.
\if true
SELECT 1;
\endif
