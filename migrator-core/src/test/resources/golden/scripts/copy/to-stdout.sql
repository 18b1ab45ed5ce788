-- Trap: COPY TO has no data in the script.
-- Rule: manual, COPY.
COPY t TO STDOUT;
COPY (SELECT a FROM t) TO STDOUT WITH (FORMAT csv, HEADER);
SELECT 3;
