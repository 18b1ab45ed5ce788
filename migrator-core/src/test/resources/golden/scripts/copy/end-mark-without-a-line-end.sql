-- Trap: the file ends directly behind \.
-- Rule: manual, psql.
COPY u FROM STDIN;
a
\.