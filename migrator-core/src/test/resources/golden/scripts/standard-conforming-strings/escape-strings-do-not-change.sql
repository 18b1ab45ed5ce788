-- Trap: E strings have escapes with both values.
-- Rule: manual 20.13.1, standard_conforming_strings.
SELECT E'\';';
SET standard_conforming_strings = off;
SELECT E'\';';
SELECT 4;
