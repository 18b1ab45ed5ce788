-- Trap: CRLF stays in the data as it is, and \. with CRLF ends them.
-- Rule: manual, COPY.
COPY t FROM STDIN;
1	2
3	;
\.
SELECT 2;
