-- Trap: the words in a string or comment set nothing.
-- Rule: manual 20.13.1, standard_conforming_strings.
SELECT 'SET standard_conforming_strings = off;';
-- SET standard_conforming_strings = off;
SELECT '\';
SELECT 3;
