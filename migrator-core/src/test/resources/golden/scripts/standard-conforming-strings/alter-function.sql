-- Trap: ALTER FUNCTION ... SET changes the function.
-- Rule: manual 20.13.1, standard_conforming_strings; ALTER FUNCTION.
ALTER FUNCTION no_such_function() SET standard_conforming_strings = off;
SELECT '\';
SELECT 3;
