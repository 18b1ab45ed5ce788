-- Trap: lines within a string count.
-- Rule: manual 4.1: white space and comments separate statements; the engine counts lines and columns from 1.
SELECT 'a
b
c'; SELECT 2;
SELECT 3;
