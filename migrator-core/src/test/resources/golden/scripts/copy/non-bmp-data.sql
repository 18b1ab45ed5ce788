-- Trap: characters of four bytes in data.
-- Rule: manual, COPY.
COPY u FROM STDIN;
😀;
\.
SELECT '😀', 2;
