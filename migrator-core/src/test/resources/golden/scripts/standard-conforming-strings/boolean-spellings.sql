-- Trap: false, no, 0 and their beginnings are off; true, yes, 1 are on.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = false;
SELECT 'a\';b';
SET standard_conforming_strings = yes;
SELECT '\';
SET standard_conforming_strings = 0;
SELECT 'a\';b';
SET standard_conforming_strings = 1;
SELECT '\';
SET standard_conforming_strings TO no;
SELECT 'a\';b';
SET standard_conforming_strings TO true;
SELECT '\';
