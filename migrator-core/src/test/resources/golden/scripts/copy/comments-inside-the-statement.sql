-- Trap: comments between the words of COPY.
-- Rule: manual, COPY.
COPY t /* TO STDOUT; */ FROM -- ;
STDIN;
1	2;
\.
SELECT 2;
