-- Trap: without \. the data go to the end of the file.
-- Rule: manual, COPY; psql sends what is there.
SELECT 1;
COPY u FROM STDIN;
a
b
