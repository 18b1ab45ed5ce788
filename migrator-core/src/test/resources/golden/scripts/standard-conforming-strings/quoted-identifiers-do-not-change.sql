-- Trap: a backslash in an identifier never escapes.
-- Rule: manual 20.13.1, standard_conforming_strings and 4.1.1.
SET standard_conforming_strings = off;
SELECT 1 AS "a\";
SELECT 3;
