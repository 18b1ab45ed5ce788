-- Trap: a value that the server refuses changes nothing.
-- Rule: manual 20.13.1, standard_conforming_strings.
SET standard_conforming_strings = maybe;
SELECT 'a\';
SELECT 2;
