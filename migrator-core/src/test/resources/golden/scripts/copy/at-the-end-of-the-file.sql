-- Trap: COPY is the last thing in the file: no data at all.
-- Rule: manual, COPY.
COPY u FROM STDIN;
