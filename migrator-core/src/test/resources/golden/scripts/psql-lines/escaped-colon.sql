-- Trap: \: is a colon that begins no variable.
-- Rule: manual, psql, \:.
SELECT '1'\:\:int;
