-- Trap: a WHERE behind the options.
-- Rule: manual, COPY.
COPY t FROM STDIN (FORMAT text) WHERE a <> ';';
1	2
\.
SELECT 2;
