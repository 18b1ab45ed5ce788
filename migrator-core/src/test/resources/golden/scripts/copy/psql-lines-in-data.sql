-- Trap: a line of data that begins with a backslash is no psql command.
-- Rule: manual, COPY, Text Format: \N is null.
COPY u FROM STDIN;
\\restrict
\N
\.
SELECT 2;
