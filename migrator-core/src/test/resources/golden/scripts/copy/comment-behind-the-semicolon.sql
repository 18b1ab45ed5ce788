-- Trap: a comment on the line of COPY stands before the data and is none of them.
-- Rule: manual, psql: the data begin on the next line.
COPY u FROM STDIN; -- the data;
a
\.
SELECT 2;
