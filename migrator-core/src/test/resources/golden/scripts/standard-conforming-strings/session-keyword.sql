-- Trap: SET SESSION is SET.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET SESSION standard_conforming_strings = off;
SELECT 'a\';b';
SELECT 2;
