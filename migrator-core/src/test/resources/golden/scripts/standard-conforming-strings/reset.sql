-- Trap: RESET gives back the server's value.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT 'a\';b';
RESET standard_conforming_strings;
SELECT 'a\';
SELECT 2;
