-- Trap: a variable that is not set stays as it is written, and so the server refuses it.
-- Rule: manual, psql, SQL Interpolation: not set, not replaced.
SELECT :unknown_variable; SELECT :'unknown;'; SELECT :"unknown";
SELECT 2;
