-- Trap: a psql line inside a statement is refused, this one too.
-- Rule: manual, psql.
SELECT 1
\restrict k
;
