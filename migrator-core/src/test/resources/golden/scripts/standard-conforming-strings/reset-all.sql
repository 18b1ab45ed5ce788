-- Trap: RESET ALL gives back every value, this one too.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT 'a\';b';
RESET ALL;
SELECT 'a\';
SELECT 2;
