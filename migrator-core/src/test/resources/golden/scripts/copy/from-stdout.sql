-- Trap: COPY FROM STDOUT is accepted and means FROM STDIN.
-- Rule: manual, COPY; the grammar takes either word for the client's stream.
COPY u FROM STDOUT;
SELECT 1;
\.
SELECT 2;
