-- Trap: the setting changes twice within one script.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT 'a\';b';
SET standard_conforming_strings TO on;
SELECT 'a\';
SELECT 5;
