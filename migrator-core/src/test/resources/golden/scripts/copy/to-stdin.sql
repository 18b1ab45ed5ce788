-- Trap: COPY TO STDIN is accepted, means TO STDOUT, and has no data.
-- Rule: manual, COPY; the grammar takes either word for the client's stream.
COPY u TO STDIN;
SELECT 2;
