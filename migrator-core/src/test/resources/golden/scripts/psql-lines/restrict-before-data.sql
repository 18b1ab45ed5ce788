-- Trap: a dump with COPY between the two lines.
-- Rule: manual, psql, \restrict.
\restrict k
COPY u (a) FROM stdin;
x;
\.

SELECT 2;
\unrestrict k
