-- Trap: COPY FROM a file or a program has no data in the script.
-- Rule: manual, COPY.
COPY t FROM '/nowhere;/stdin';
COPY t FROM PROGRAM 'false; stdin';
SELECT 3;
