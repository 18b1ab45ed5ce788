-- Trap: psql would run it after the data, where nobody expects it: refused.
-- Rule: manual, psql: the data begin on the next line.
COPY u FROM STDIN; SELECT 1;
a
\.
SELECT 2;
