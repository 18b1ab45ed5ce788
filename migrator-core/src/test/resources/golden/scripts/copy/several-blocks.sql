-- Trap: data, a statement, data.
-- Rule: manual, COPY.
COPY t FROM STDIN;
1	2
\.
COPY u FROM STDIN;
;
\.

SELECT 3;
COPY u FROM STDIN;
'
\.
