-- Trap: array[1:n] looks like a variable.
-- Rule: manual, psql, SQL Interpolation.
SELECT ('{1,2,3}'::int[])[1:unknown_variable]; SELECT ('{1,2}'::int[])[1:'2'];
