-- Trap: B and X never have escapes.
-- Rule: manual 20.13.1, standard_conforming_strings and 4.1.2.5.
SET standard_conforming_strings = off;
SELECT B'\';
SELECT X'\';
SELECT 4;
