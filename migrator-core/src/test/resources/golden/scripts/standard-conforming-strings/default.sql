-- Trap: SET ... TO DEFAULT gives back the server's value, which is on.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT 'a\';b';
SET standard_conforming_strings TO DEFAULT;
SELECT 'a\';
SELECT 2;
