-- Trap: the file ends within the last row.
-- Rule: manual, COPY; psql sends what is there.
COPY u FROM STDIN;
a
b