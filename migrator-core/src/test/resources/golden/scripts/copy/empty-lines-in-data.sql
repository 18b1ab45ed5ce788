-- Trap: an empty line is a row, not the end.
-- Rule: manual, COPY.
COPY u FROM STDIN;


x

\.
SELECT 2;
