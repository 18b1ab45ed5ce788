-- Trap: a setting whose name only begins so changes nothing.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET my.standard_conforming_strings = off;
SELECT 'a\';
SET standard_conforming_strings_too = off;
SELECT 'b\';
