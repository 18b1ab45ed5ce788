-- Trap: the lines behind COPY ... FROM STDIN are data up to a line that is \. alone.
-- Rule: manual, COPY.
COPY t (a, b) FROM STDIN;
1	one
2	two
\.
SELECT 2;
