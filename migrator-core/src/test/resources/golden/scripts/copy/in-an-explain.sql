-- Trap: COPY only counts at the beginning of a statement.
-- Rule: manual, COPY.
EXPLAIN SELECT 1 AS copy; PREPARE x AS SELECT 'COPY t FROM STDIN;';
SELECT 3;
