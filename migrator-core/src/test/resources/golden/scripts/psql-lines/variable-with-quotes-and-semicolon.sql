-- Trap: :' begins a string when it is no variable.
-- Rule: manual, psql, SQL Interpolation.
SELECT :'a;b'; SELECT :"a;b";
SELECT 3;
