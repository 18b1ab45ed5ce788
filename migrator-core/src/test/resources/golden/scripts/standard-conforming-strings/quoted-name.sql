-- Trap: the name of a setting may be quoted.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET "standard_conforming_strings" = off;
SELECT 'a\';b';
SELECT 2;
