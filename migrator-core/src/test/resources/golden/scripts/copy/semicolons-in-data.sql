-- Trap: data may look like SQL.
-- Rule: manual, COPY.
COPY t FROM stdin;
SELECT 1;	DROP TABLE t;
;	;
\.
SELECT 2;
