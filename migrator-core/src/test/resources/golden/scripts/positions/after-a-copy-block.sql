-- Trap: lines of data count.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.
COPY u FROM STDIN;
a
b

\.
SELECT 2;
  SELECT 3;
