-- Trap: from here on a backslash escapes in plain strings too.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = off;
SELECT 'a\';b';
SELECT '\\';
SELECT 4;
