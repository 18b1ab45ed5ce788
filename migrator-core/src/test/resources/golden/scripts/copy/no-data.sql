-- Trap: COPY with nothing but the end of its data.
-- Rule: manual, COPY.
COPY t FROM STDIN;
\.
SELECT 2;
