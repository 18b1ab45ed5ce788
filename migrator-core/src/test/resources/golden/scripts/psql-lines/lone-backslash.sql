-- Trap: a backslash alone.
-- Rule: manual, psql.
SELECT 1 \
;
